import type { Owned } from '../victim.js'
import { type Attempt, attemptsAt, type Tried } from './attempt.js'

/** Everything a client of LangGraph or of Xpert can ask of the ids. */
export const graphAttempts = ({ thread, item, run }: Owned): Attempt[] => {
  const input = { messages: [{ role: 'user', content: 'Hi' }] }
  const start = { assistant_id: 'support', input }
  const routes: Tried[] = [
    ['GET', `/threads/${thread}`],
    ['PATCH', `/threads/${thread}`, { metadata: { mine: true } }],
    ['DELETE', `/threads/${thread}`],
    ['POST', `/threads/${thread}/copy`],
    ['POST', '/threads/search', { ids: [thread] }],
    ['POST', '/threads/search', {}],
    ['POST', '/threads/count', {}],
    ['GET', `/threads/${thread}/state`],
    ['GET', `/threads/${thread}/state/${item}`],
    ['POST', `/threads/${thread}/state/checkpoint`, { checkpoint: { checkpoint_id: item } }],
    ['POST', `/threads/${thread}/state`, { values: { messages: [{ type: 'remove', id: item }] } }],
    ['PATCH', `/threads/${thread}/state`, { metadata: { mine: true } }],
    ['POST', `/threads/${thread}/history`, {}],
    ['POST', `/threads/${thread}/runs`, start],
    ['POST', `/threads/${thread}/runs/stream`, start],
    ['POST', `/threads/${thread}/runs/wait`, { ...start, checkpoint_id: item }],
    ['GET', `/threads/${thread}/stream`],
    ['GET', `/threads/${thread}/runs`],
    ['GET', `/threads/${thread}/runs/${run}`],
    ['GET', `/threads/${thread}/runs/${run}/join`],
    ['GET', `/threads/${thread}/runs/${run}/stream`],
    ['POST', `/threads/${thread}/runs/${run}/cancel?action=rollback`],
    ['DELETE', `/threads/${thread}/runs/${run}`],
    ['POST', `/threads/${thread}/runs/${run}/feedback?token=a.b`, { score: -1 }],
    ['GET', `/runs/${run}/stream`],
    ['GET', `/store/items?namespace=${thread}&key=${item}`],
    ['DELETE', '/store/items', { namespace: [thread], key: item }],
    ['POST', '/store/items/search', {}],
    ['POST', '/store/namespaces', {}],
    ['POST', '/ui/support', { name: thread }],
  ]
  return routes.flatMap(([method, path, body]) =>
    ['/api/ai', ''].map((base) => ({ name: `${method} ${base}${path}`, method, path: base + path, body })),
  )
}

/** Everything only Xpert's clients can ask of the ids. */
export const xpertAttempts = ({ thread, item, run, file, knowledge, document }: Owned): Attempt[] => {
  const conversation = `/conversations/${thread}`
  const input = { action: 'send', conversationId: thread, message: { input: { input: 'Hi' } } }
  const mine = { assistant_id: 'support', input: { input: 'Hi', files: [{ id: file }] } }
  const routes: Tried[] = [
    ['POST', '/conversations/search', { where: { id: thread } }],
    ['POST', '/conversations/search', {}],
    ['GET', `/threads/${thread}/usage`],
    ['POST', `/threads/${thread}/runs/${run}/pause`],
    ['POST', `/threads/${thread}/runs/${run}/resume`, { pauseId: `${run}:1` }],
    ['GET', conversation],
    ['PATCH', conversation, { title: 'Mine' }],
    ['DELETE', conversation],
    ['GET', `${conversation}/files`],
    ['GET', `${conversation}/threads`],
    ['GET', `${conversation}/task-summary`],
    ['GET', `${conversation}/task-summary/sources`],
    ['DELETE', `/threads/${thread}/display-pause/${run}`],
    ['GET', `${conversation}/goal`],
    ['PUT', `${conversation}/goal`, { mine: true }],
    ['PATCH', `${conversation}/goal`, { mine: true }],
    ['DELETE', `${conversation}/goal`],
    ['GET', `${conversation}/messages`],
    ['POST', `${conversation}/messages`, { role: 'user', content: 'Hi' }],
    ['POST', `${conversation}/messages/search`, {}],
    ...[item, run].flatMap((message): Tried[] => [
      ['GET', `${conversation}/messages/${message}`],
      ['PATCH', `${conversation}/messages/${message}`, { content: 'Mine' }],
      ['DELETE', `${conversation}/messages/${message}`],
      ['GET', `${conversation}/messages/${message}/feedbacks`],
      ['POST', `${conversation}/messages/${message}/feedbacks`, { rating: 'dislike' }],
      ['POST', `${conversation}/messages/${message}/feedbacks/search`, {}],
      ['DELETE', `${conversation}/messages/${message}/feedbacks/${item}`],
    ]),
    ['POST', '/v1/chat', { request: input, options: { xpertId: 'support' } }],
    ['POST', `/threads/${thread}/runs/stream`, { assistant_id: 'support', input }],
    ['POST', '/runs/wait', mine],
    ['POST', `/threads/${thread}/runs/crons`, { ...mine, schedule: '@yearly' }],
    ['POST', '/runs/crons/search', { thread_id: thread }],
    ['GET', `/files/${file}`],
    ['GET', `/files/${file}/status`],
    ['GET', `/files/${file}/preview`],
    ['POST', `/files/${file}/search`, {}],
    ['POST', `/files/${file}/read`, {}],
    ['POST', `/files/${file}/parse/retry`],
    ['DELETE', `/files/${file}`],
    ['DELETE', `/contexts/file/${file}`],
    ...['/knowledges', '/v1/kb'].flatMap((path): Tried[] => [
      ['GET', path],
      ['GET', `${path}/${knowledge}`],
      ['PUT', `${path}/${knowledge}`, { name: 'Mine' }],
      ['DELETE', `${path}/${knowledge}`],
      ['GET', `${path}/${knowledge}/documents`],
      ['POST', `${path}/${knowledge}/bulk`, [{ text: 'Mine' }]],
      ['POST', `${path}/${knowledge}/process`, [document]],
      ['GET', `${path}/${knowledge}/status?ids=${document}`],
      ['POST', `${path}/${knowledge}/retrieve`, { query: 'everything' }],
    ]),
  ]
  const sandbox = [`/api/sandbox${conversation}/services`, `/api/sandbox/threads/${thread}/services`]
  const services = sandbox.flatMap((path): [string, string][] => [
    ['GET', path],
    ['GET', `${path}/${item}/logs`],
    ['POST', `${path}/start`],
    ['POST', `${path}/${item}/stop`],
  ])
  return [...attemptsAt('/api/ai', routes), ...attemptsAt('', services)]
}
