import type { Owned } from '../victim.js'
import type { Attempt } from './attempt.js'

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
  { name: 'read what is remembered', method: 'GET', path: '/api/chatkit/memory' },
  { name: 'read what an app remembers', method: 'GET', path: '/api/chatkit/memory?app=support' },
  { name: 'forget a fact', method: 'DELETE', path: `/api/chatkit/memory/${owned.fact}` },
  { name: 'forget a fact of an app', method: 'DELETE', path: `/api/chatkit/memory/${owned.fact}?app=support` },
  { name: 'forget everything', method: 'DELETE', path: '/api/chatkit/memory?app=support' },
  { name: 'read a file', method: 'GET', path: `/api/chatkit/files/${owned.file}` },
  { name: 'read a file with a made-up token', method: 'GET', path: `/api/chatkit/files/${owned.file}?token=a.b` },
  { name: 'overwrite a file', method: 'PUT', path: `/api/chatkit/files/${owned.file}?token=a.b`, body: {} },
]
