import OpenAI from 'openai'
import OpenAI6 from 'openai-6'
import { API_KEY_SCOPES, type GivenApiKey } from '../../../packages/server/src/auth/api-keys.js'
import { scriptedClock } from '../../../packages/server/src/base/scripted-clock.js'
import type { Caller, ParleyOptions, Runnable } from '../../../packages/server/src/index.js'
import { startParley } from '../../browser/support/parley-server.js'
import { createTestApp } from '../../browser/support/test-app.js'

/** Both generations of the published client; their ChatKit types are the same. */
export const CLIENTS: [[string, typeof OpenAI], [string, typeof OpenAI]] = [
  ['openai 7', OpenAI],
  ['openai 6.49', OpenAI6 as unknown as typeof OpenAI], // the same API with other type names
]

export const KEYS = {
  shop: 'sk-parley-of-the-shop-for-tests',
  bank: 'sk-parley-of-the-bank-for-tests',
  /** May create sessions, and read nobody's threads. */
  door: 'sk-parley-of-the-door-for-tests',
}

const GIVEN: GivenApiKey[] = [
  { key: KEYS.shop, id: 'key_shop', workspaceId: 'shop', scopes: [...API_KEY_SCOPES] },
  { key: KEYS.bank, id: 'key_bank', workspaceId: 'bank', scopes: [...API_KEY_SCOPES] },
  { key: KEYS.door, id: 'key_door', workspaceId: 'shop', scopes: ['chat'] },
]

/** A server of two workspaces whose time stands still until a test moves it. */
export async function startHostedServer(changes: Partial<ParleyOptions> = {}) {
  const app = createTestApp()
  const clock = scriptedClock(new Date())
  const appMaker = { make: ({ instructions }: { instructions: string }) => saying(instructions), problemsOf: () => [] }
  const running = await startParley(app, { apiKeys: GIVEN, clock, appMaker, ...changes })
  return {
    ...running,
    app,
    clock,
    clientOf: (Client: typeof OpenAI, apiKey = KEYS.shop) =>
      new Client({ apiKey, baseURL: `${running.url}/v1`, maxRetries: 0 }),
    /** One request of the chat itself, as the browser makes it with a client secret. */
    converse: (secret: string, body: unknown) =>
      fetch(`${running.url}/v1/chatkit/conversation`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

/** An agent that answers with its instructions. */
const saying = (text: string): Runnable<Caller> => ({
  async *run({ thread, generateId }) {
    const item = { id: generateId('message'), thread_id: thread.id, created_at: new Date().toISOString() }
    const content = [{ type: 'output_text' as const, text, annotations: [] }]
    yield { type: 'thread.item.done', item: { ...item, type: 'assistant_message', content } }
  },
})

export type HostedServer = Awaited<ReturnType<typeof startHostedServer>>

export const message = (text: string) => ({
  type: 'threads.create',
  params: {
    input: { content: [{ type: 'input_text', text }], quoted_text: '', attachments: [], inference_options: {} },
  },
})

/** The events of a stream that has ended. */
export async function readStream(response: Response) {
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '))
  return lines.map((line) => JSON.parse(line.slice('data: '.length)))
}
