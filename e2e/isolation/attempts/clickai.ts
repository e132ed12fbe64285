import type { Owned } from '../victim.js'
import { type Attempt, attemptsAt, type Tried } from './attempt.js'

/** Everything a server with an app's key can ask of the ids, for one of its users. */
export const clickAiAttempts = ({ thread, item, run, file, call }: Owned, user: string): Attempt[] => {
  const message = { query: 'Hi', user }
  const mine = [{ type: 'document', transfer_method: 'local_file', upload_file_id: file }]
  const conversation = `/conversations/${thread}`
  return attemptsAt('/v1', [
    ['POST', '/chat-messages', { ...message, conversation_id: thread }],
    ['POST', '/chat-messages', { ...message, conversation_id: thread, files: mine }],
    ['POST', '/chat-messages', { ...message, files: mine }],
    ['POST', `/chat-messages/${run}/stop`, { user }],
    ['POST', `/completion-messages/${run}/stop`, { user }],
    ['GET', `/conversations?user=${user}&last_id=${thread}`],
    ['GET', `/conversations?user=${user}&first_id=${thread}`],
    ['POST', `${conversation}/name`, { name: 'Mine now', user }],
    ['POST', `${conversation}/name`, { auto_generate: true, user }],
    ['GET', `${conversation}/variables?user=${user}`],
    ['PUT', `${conversation}/variables/${item}`, { value: 'x', user }],
    ['PATCH', `${conversation}/variables/${item}`, { value: 'x', user }],
    ['PATCH', `${conversation}/variables/${item}`, { value: mine[0], user }],
    ['POST', '/text-to-audio', { message_id: run, user }],
    ['GET', `/messages?user=${user}&conversation_id=${thread}`],
    ['GET', `/messages?user=${user}&conversation_id=${thread}&first_id=${run}`],
    ['GET', `/messages?user=${user}&conversation_id=${thread}&first_id=${item}`],
    ...[run, item, call].flatMap((id): Tried[] => [
      ['POST', `/messages/${id}/feedbacks`, { rating: 'dislike', user }],
      ['POST', `/messages/${id}/feedbacks`, { rating: null, user }],
      ['GET', `/messages/${id}/suggested?user=${user}`],
    ]),
    ['GET', `/files/${file}/preview?user=${user}`],
    ['GET', `/workflow/${run}/events?user=${user}`],
    ['GET', `/workflow/${run}/events?user=${user}&include_state_snapshot=true&continue_on_pause=true`],
    ['POST', formOf(user, thread, item), { action: 'submit', user }],
    ['POST', formOf(user, thread, call), { action: 'submit', user }],
    ['POST', formOf('ada', thread, item), { action: 'submit', user }],
    ['DELETE', conversation, { user }],
  ])
}

/** Everything such a server can ask of its app, whoever of its users it is about. */
export const clickAiAppAttempts = ({ thread, item, run, call }: Owned): Attempt[] =>
  attemptsAt('/v1', [
    ['GET', `/workflows/run/${run}`],
    ['POST', `/workflows/tasks/${run}/stop`, { user: 'ada' }],
    ['GET', '/workflows/logs'],
    ['GET', '/workflows/logs?created_by_end_user_session_id=ada'],
    ['GET', `/workflows/logs?keyword=${run}`],
    ['GET', formOf('ada', thread, item)],
    ['GET', formOf('ada', thread, call)],
    ['POST', formOf('ada', thread, item), { action: 'submit', user: 'ada' }],
  ])

/** The address of a question, as the server would name it: anybody can write one. */
const formOf = (...place: [user: string, thread: string, item: string]) =>
  `/form/human_input/${Buffer.from(JSON.stringify(place)).toString('base64url')}`

/** The answers that somebody wrote for an app. */
export const annotationAttempts = ({ annotation }: Owned): Attempt[] => {
  const path = '/v1/apps/annotations'
  const body = { question: 'Mine?', answer: 'Mine now' }
  return [
    { name: 'list annotations', method: 'GET', path },
    { name: 'find annotations', method: 'GET', path: `${path}?keyword=only` },
    { name: 'change an annotation', method: 'PUT', path: `${path}/${annotation}`, body },
    { name: 'delete an annotation', method: 'DELETE', path: `${path}/${annotation}` },
    { name: 'list apps', method: 'GET', path: '/assistant/api/assistant/my-assistants' },
    {
      name: 'list apps of a workspace',
      method: 'GET',
      path: '/assistant/api/assistant/my-assistants?workspace_id=shop',
    },
  ]
}
