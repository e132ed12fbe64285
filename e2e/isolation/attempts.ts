import type { Owned } from './victim.js'

/** One thing somebody could try, with ids that may be anybody's. */
export interface Attempt {
  name: string
  method: string
  path: string
  body?: unknown
}

const text = (words: string, attachments: string[] = []) => ({
  content: [{ type: 'input_text', text: words }],
  attachments,
  inference_options: {},
})

/** Every operation of the endpoint that names something, with the ids in every place that takes one. */
function operations({ thread, item, call, run, file }: Owned): [string, Record<string, unknown>][] {
  const action = { type: 'press', payload: {} }
  return [
    ['threads.create', { input: text('Hi', [file]) }],
    ['threads.add_user_message', { thread_id: thread, input: text('Hi') }],
    ['threads.add_user_message', { thread_id: thread, input: text('Hi', [file]) }],
    ['threads.add_client_tool_output', { thread_id: thread, result: { stolen: true } }],
    ['threads.add_structured_input', { thread_id: thread, item_id: call, input: { answers: {}, skipped: true } }],
    ['threads.retry_after_item', { thread_id: thread, item_id: item }],
    ['threads.custom_action', { thread_id: thread, item_id: item, action }],
    ['threads.sync_custom_action', { thread_id: thread, item_id: item, action }],
    ['threads.get_by_id', { thread_id: thread }],
    ['threads.list', { after: thread }],
    ['threads.search', { query: 'only-for-ada' }],
    ['threads.search', { query: 'only', after: thread }],
    ['threads.update', { thread_id: thread, title: 'Mine now' }],
    ['threads.delete', { thread_id: thread }],
    ['items.list', { thread_id: thread }],
    ['items.list', { thread_id: thread, after: item }],
    ['items.feedback', { thread_id: thread, item_ids: [item], kind: 'negative' }],
    ['attachments.delete', { attachment_id: file }],
    ['images.read', { thread_id: thread, url: 'https://example.com/a.png' }],
    ['runs.resume', { thread_id: thread }],
    ['runs.resume', { thread_id: thread, run_id: run, after: 0 }],
    ['runs.cancel', { thread_id: thread }],
  ]
}

/** Everything a person with some credential can ask of the ids, at these endpoints. */
export const personAttempts = (owned: Owned, endpoints: string[]): Attempt[] => [
  ...endpoints.flatMap((path) =>
    operations(owned).map(([type, params]) => ({
      name: `${type} at ${path}`,
      method: 'POST',
      path,
      body: { type, params },
    })),
  ),
  {
    name: 'shorthand',
    method: 'POST',
    path: '/api/chatkit',
    body: { type: 'message', content: 'Hi', thread_id: owned.thread },
  },
  { name: 'read a file', method: 'GET', path: `/api/chatkit/files/${owned.file}` },
  { name: 'read a file with a made-up token', method: 'GET', path: `/api/chatkit/files/${owned.file}?token=a.b` },
  { name: 'overwrite a file', method: 'PUT', path: `/api/chatkit/files/${owned.file}?token=a.b`, body: {} },
]

/** Everything a server with some key can ask of the ids. */
export const serverAttempts = ({ thread, item, session, app }: Owned): Attempt[] => [
  { name: 'get a thread', method: 'GET', path: `/v1/chatkit/threads/${thread}` },
  { name: 'delete a thread', method: 'DELETE', path: `/v1/chatkit/threads/${thread}` },
  { name: 'list items', method: 'GET', path: `/v1/chatkit/threads/${thread}/items` },
  { name: 'list items from one on', method: 'GET', path: `/v1/chatkit/threads/${thread}/items?after=${item}` },
  { name: 'list threads', method: 'GET', path: '/v1/chatkit/threads' },
  { name: 'list threads of a user', method: 'GET', path: '/v1/chatkit/threads?user=ada&limit=100' },
  { name: 'list threads after one', method: 'GET', path: `/v1/chatkit/threads?after=${thread}` },
  { name: 'list threads before one', method: 'GET', path: `/v1/chatkit/threads?before=${thread}` },
  { name: 'get a session', method: 'GET', path: `/v1/chatkit/sessions/${session}` },
  { name: 'cancel a session', method: 'POST', path: `/v1/chatkit/sessions/${session}/cancel` },
  { name: 'list sessions', method: 'GET', path: '/v1/chatkit/sessions?user=ada' },
  { name: 'list sessions after one', method: 'GET', path: `/v1/chatkit/sessions?after=${session}` },
  { name: 'a session of an app', method: 'POST', path: '/v1/chatkit/sessions', body: { workflow_id: app } },
  {
    name: 'a session of an assistant',
    method: 'POST',
    path: '/api/ai/v1/chatkit/sessions',
    body: { assistant: { id: app } },
  },
]

/** Everything a server with the scope `admin` can ask of the workflows. */
export const workflowAttempts = ({ app }: Owned): Attempt[] => {
  const path = '/v1/agent_builder/workflows'
  return [
    { name: 'list workflows', method: 'GET', path },
    { name: 'list workflows after one', method: 'GET', path: `${path}?after=${app}` },
    { name: 'get a workflow', method: 'GET', path: `${path}/${app}` },
    { name: 'change a workflow', method: 'PATCH', path: `${path}/${app}`, body: { name: 'Mine now' } },
    { name: 'delete a workflow', method: 'DELETE', path: `${path}/${app}` },
  ]
}

const ADMIN = '/api/admin/v1'

/** Every route of the admin API, with the ids in every place that takes one. */
export const adminAttempts = ({ user, app, key, session, provider, knowledge, document }: Owned): Attempt[] =>
  (
    [
      ['POST', '/sessions', { user, app }],
      ['GET', '/apps'],
      ['GET', `/apps?after=${app}`],
      ['GET', `/apps/${app}`],
      ['PATCH', `/apps/${app}`, { name: 'Mine now' }],
      ['DELETE', `/apps/${app}`],
      ['POST', '/apps', { id: app, name: 'Another', agent: {} }],
      ['GET', '/keys'],
      ['GET', `/keys?after=${key}`],
      ['GET', `/keys/${key}`],
      ['POST', `/keys/${key}/rotate`, { overlap_seconds: 60 }],
      ['DELETE', `/keys/${key}`],
      ['POST', '/keys', { name: 'x', app: `${app}x` }],
      ['GET', '/users'],
      ['GET', `/users?after=${user}`],
      ['GET', `/users?search=${user}`],
      ['GET', `/users/${user}`],
      ['GET', `/users/${user}/export`],
      ['DELETE', `/users/${user}`],
      ['GET', '/sessions'],
      ['GET', `/sessions?user=${user}`],
      ['GET', `/sessions?app=${app}`],
      ['GET', `/sessions?after=${session}`],
      ['GET', `/sessions/${session}`],
      ['POST', `/sessions/${session}/cancel`],
      ['GET', '/providers'],
      ['GET', `/providers?after=${provider}`],
      ['GET', `/providers/${provider}`],
      ['PATCH', `/providers/${provider}`, { name: 'Mine now' }],
      ['PATCH', `/providers/${provider}`, { base_url: 'https://evil.example.com', api_key: null }],
      ['DELETE', `/providers/${provider}`],
      ['POST', '/apps', { name: 'x', agent: { provider } }],
      ['POST', '/providers', { id: `${provider}x`, name: 'x', base_url: 'file:///etc/passwd' }],
      ['POST', '/knowledge', { id: knowledge, name: 'Mine now' }],
      ['GET', '/knowledge'],
      ['GET', `/knowledge?after=${knowledge}`],
      ['GET', `/knowledge/${knowledge}`],
      ['PATCH', `/knowledge/${knowledge}`, { name: 'Mine now' }],
      ['DELETE', `/knowledge/${knowledge}`],
      ['GET', `/knowledge/${knowledge}/search?query=anything`],
      ['POST', `/knowledge/${knowledge}/reindex`],
      ['GET', `/knowledge/${knowledge}/documents`],
      ['POST', `/knowledge/${knowledge}/documents`, { title: 'Mine', text: 'Mine now' }],
      ['POST', `/knowledge/${knowledge}/files?filename=mine.txt`, { any: 'bytes' }],
      ['GET', `/knowledge/${knowledge}/documents/${document}`],
      ['POST', `/knowledge/${knowledge}/documents/${document}/reindex`],
      ['DELETE', `/knowledge/${knowledge}/documents/${document}`],
      ['GET', '/server'],
      ['GET', '/workspace'],
      ['PATCH', '/workspace', { name: 'Mine now' }],
    ] satisfies [string, string, unknown?][]
  ).map(([method, path, body]) => ({ name: `${method} ${path}`, method, path: ADMIN + path, body }))

/** Every route of signing in that somebody else's ids or rights could be tried at; what ends the own login comes last. */
export const loginAttempts = ({ person, email }: Owned): Attempt[] =>
  (
    [
      ['GET', '/login'],
      ['POST', '/login', { email, password: 'wrong horse' }],
      ['POST', '/login/link', { token: person }],
      ['POST', '/login/account', { token: person, name: 'x', email: 'x@example.com', password: 'battery staple' }],
      ['POST', '/login/password', { current_password: 'wrong horse', new_password: 'battery staple' }],
      ['GET', '/people'],
      ['DELETE', `/people/${person}`],
      ['POST', '/people/invites', { role: 'owner' }],
      ['DELETE', '/login'],
    ] satisfies [string, string, unknown?][]
  ).map(([method, path, body]) => ({ name: `${method} ${path}`, method, path: ADMIN + path, body }))
