import { Client } from '@langchain/langgraph-sdk'
import { ParleyError } from '@parley/protocol'
import type { Caller } from '../../app/caller.js'
import { API_KEY_SCOPES } from '../../auth/api-keys.js'
import type { Runnable } from '../../runnable/runnable.js'
import { type TestParley, type TestParleyOptions, testParley } from '../../testing/test-parley.js'

type Trigger = Parameters<Runnable<Caller>['run']>[0]['trigger']

const wordsOf = (trigger: Trigger): string =>
  'item' in trigger && trigger.item?.type === 'user_message'
    ? trigger.item.content.map(({ text }) => text).join('')
    : ''

/**
 * Says again what it was told, word by word. "where" calls a tool of the page, "really" asks a question, "wait" stops in
 * the middle until it is stopped, "fail" fails.
 */
export const echo: Runnable<Caller> = {
  async *run({ thread, trigger, generateId, signal }) {
    const head = (kind: 'message' | 'tool_call' | 'task') => ({
      id: generateId(kind),
      thread_id: thread.id,
      created_at: new Date().toISOString(),
    })
    const words = wordsOf(trigger)
    if (words === 'fail') throw new ParleyError('model_failed', 'The model is out to lunch.')
    if (words === 'where') {
      const call = { call_id: 'call_1', name: 'locate', arguments: { exact: true } }
      yield {
        type: 'thread.item.done',
        item: { ...head('tool_call'), type: 'client_tool_call', status: 'pending', ...call },
      }
      return
    }
    if (words === 'really') {
      const question = { id: 'sure', question: 'Are you sure?', options: [{ value: 'Approve' }, { value: 'Reject' }] }
      const inputs = [{ ...question, type: 'multiple_choice' as const, multiple: false }]
      yield { type: 'thread.item.done', item: { ...head('task'), type: 'structured_input', status: 'pending', inputs } }
      return
    }
    yield { type: 'progress_update', text: 'Thinking' }
    const said =
      trigger.type === 'client_tool_output'
        ? `The page says ${JSON.stringify(trigger.item?.output)}`
        : trigger.type === 'structured_input'
          ? `You chose ${trigger.item.inputs[0]?.answer?.values.join()}`
          : `You said: ${words}`
    const item = head('message')
    yield { type: 'thread.item.added', item: { ...item, type: 'assistant_message', content: [] } }
    for (const delta of said.match(/\S+\s*/g) ?? []) {
      yield {
        type: 'thread.item.updated',
        item_id: item.id,
        update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
      }
      await new Promise((resolve) => setImmediate(resolve)) // each word in a tick of its own, as from a model
    }
    if (words === 'wait') await new Promise((resolve) => signal.addEventListener('abort', resolve))
    const content = [{ type: 'output_text' as const, text: said, annotations: [] }]
    yield { type: 'thread.item.done', item: { ...item, type: 'assistant_message', content } }
  },
}

export const KEYS = { shop: 'sk-parley-of-the-shop', bound: 'app-of-demo-alone', bank: 'sk-parley-of-the-bank' }

/** A server in this process that LangGraph's own client can call: two workspaces, and a key for one app alone. */
export function langGraphParley(options: TestParleyOptions) {
  const parley = testParley({
    apiKeys: [
      { key: KEYS.shop, id: 'key_shop', workspaceId: 'test', scopes: [...API_KEY_SCOPES] },
      { key: KEYS.bound, id: 'key_bound', workspaceId: 'test', scopes: ['chat'], appId: 'demo' },
      { key: KEYS.bank, id: 'key_bank', workspaceId: 'bank', scopes: [...API_KEY_SCOPES] },
    ],
    ...options,
  })
  return { ...parley, client: (changes: ClientChanges = {}) => clientOf(parley, changes) }
}

interface ClientChanges {
  apiKey?: string
  base?: string
  headers?: Record<string, string>
}

function clientOf(parley: TestParley, { apiKey = KEYS.shop, base = '/api/ai', headers = {} }: ClientChanges): Client {
  return new Client({
    apiUrl: `http://parley.test${base}`,
    apiKey,
    defaultHeaders: headers,
    callerOptions: {
      maxRetries: 0,
      // The server is a function in this process: no port, no socket.
      fetch: (input: string | URL | Request, init?: RequestInit) => parley.handle(new Request(input, init)),
    },
  })
}

/** Everything a stream yields. */
export async function all<Chunk>(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return chunks
}
