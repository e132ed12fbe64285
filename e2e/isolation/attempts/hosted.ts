import type { Owned } from '../victim.js'
import type { Attempt } from './attempt.js'

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
