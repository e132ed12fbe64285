import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type ClientRequest, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Caller, type Catalog, consoleLog, createParley, type Runnable, streamText } from '@parley/server'
import { postgresStore } from '@parley/server/postgres'
import { sqliteStore } from '@parley/server/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { API_KEY_SCOPES } from '../../packages/server/src/auth/api-keys.js'
import { noPeers, type Peers } from '../../packages/server/src/base/peers.js'
import { listen } from '../../packages/server/src/node/listen.js'
import { createTestDatabase } from '../../packages/server/src/storage/postgres/test-database.fixture.js'
import { userInput } from '../support/chat.js'

/** What an API promises whoever leaves in the middle of an answer. */
type Promised = 'ends' | 'goes on'

/** One way to ask, and to go before the answer is there. */
interface Way {
  name: string
  promised: Promised
  path: string
  body(text: string): object
  headers?: Record<string, string>
  /** The answer is told when it is complete. Absent: as it is written. */
  comesWhole?: true
}

const keyOf = (appId: string) => `app-of-${appId}`
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const said = (text: string) => ({ messages: [{ role: 'user', content: text }] })

const chatKit = (text: string) => ({ type: 'threads.create', params: { input: userInput(text) } })
const langGraph = (text: string, on_disconnect: 'cancel' | 'continue') => ({
  assistant_id: 'chat',
  input: said(text),
  stream_mode: ['messages-tuple'],
  on_disconnect,
})
const clickAi = (text: string, response_mode: 'streaming' | 'blocking') => ({
  inputs: {},
  query: text,
  response_mode,
  user: 'ada',
})
const mcp = (text: string) => ({
  jsonrpc: '2.0',
  id: text,
  method: 'tools/call',
  params: { name: 'chat', arguments: { message: text } },
})

const WAYS: Way[] = [
  { name: 'ChatKit', promised: 'ends', path: '/api/chatkit', body: chatKit },
  {
    name: 'ChatKit, our own client',
    promised: 'goes on',
    path: '/api/chatkit',
    body: chatKit,
    headers: { 'parley-client': 'test' },
  },
  { name: 'OpenAI’s hosted ChatKit', promised: 'ends', path: '/v1/chatkit/conversation', body: chatKit },
  {
    name: 'LangGraph, cancel',
    promised: 'ends',
    path: '/api/ai/runs/stream',
    body: (text) => ({ ...langGraph(text, 'cancel'), on_completion: 'keep' }),
  },
  {
    name: 'LangGraph, continue',
    promised: 'goes on',
    path: '/api/ai/runs/stream',
    body: (text) => ({ ...langGraph(text, 'continue'), on_completion: 'keep' }),
  },
  {
    name: 'LangGraph, a run without a thread',
    promised: 'ends',
    path: '/api/ai/runs/stream',
    body: (text) => langGraph(text, 'cancel'),
  },
  {
    name: 'LangGraph, waiting for the whole answer',
    promised: 'ends',
    path: '/api/ai/runs/wait',
    comesWhole: true,
    body: (text) => langGraph(text, 'cancel'),
  },
  {
    name: 'Xpert',
    promised: 'goes on',
    path: '/api/ai/runs/stream',
    body: (text) => ({
      assistant_id: 'chat',
      input: { action: 'send', message: { input: { input: text } } },
      on_disconnect: 'continue',
      on_completion: 'keep',
    }),
  },
  {
    name: 'Xpert, a message without a thread',
    promised: 'ends',
    path: '/api/ai/v1/chat',
    body: (text) => ({ request: { input: { input: text } }, options: { xpertId: 'chat' } }),
  },
  {
    name: 'ClickAI, a chat',
    promised: 'ends',
    path: '/v1/chat-messages',
    body: (text) => clickAi(text, 'streaming'),
    headers: bearer(keyOf('chat')),
  },
  {
    name: 'ClickAI, a chat in one piece',
    comesWhole: true,
    promised: 'ends',
    path: '/v1/chat-messages',
    body: (text) => clickAi(text, 'blocking'),
    headers: bearer(keyOf('chat')),
  },
  {
    name: 'ClickAI, a completion',
    promised: 'ends',
    path: '/v1/completion-messages',
    body: (text) => ({ ...clickAi(text, 'streaming'), inputs: { query: text } }),
    headers: bearer(keyOf('completion')),
  },
  {
    name: 'ClickAI, a workflow',
    promised: 'goes on',
    path: '/v1/workflows/run',
    body: (text) => ({ inputs: { text }, response_mode: 'streaming', user: 'ada' }),
    headers: bearer(keyOf('workflow')),
  },
  {
    name: 'MCP, as a stream',
    promised: 'ends',
    path: '/mcp',
    comesWhole: true,
    body: mcp,
    headers: { ...bearer(keyOf('chat')), accept: 'application/json, text/event-stream' },
  },
  {
    name: 'MCP, an answer in one piece',
    comesWhole: true,
    promised: 'ends',
    path: '/mcp',
    body: mcp,
    headers: { ...bearer(keyOf('chat')), accept: 'application/json' },
  },
]

/** Apps that write the first half of an answer, and the second when they are let: none ends by itself. */
function halfways() {
  const going = new Map<string, () => void>()
  const left = new Map<string, WeakRef<object>[]>()
  let begun = new Map<string, () => void>()
  const halfway = (mode: Runnable<Caller>['mode'], inputs?: Runnable<Caller>['inputs']): Runnable<Caller> => ({
    mode,
    inputs,
    async *run({ run, thread, trigger, signal }) {
      const heard = trigger.type === 'user_message' ? trigger.item.content.map(({ text }) => text).join('') : ''
      const name = heard.replace(/ \d+$/, '')
      left.set(name, [...(left.get(name) ?? []), new WeakRef(signal)])
      try {
        const halves = async function* () {
          yield 'The first half '
          begun.get(heard)?.()
          await new Promise<void>((resolve) => {
            going.set(run.id, resolve)
            signal.addEventListener('abort', () => resolve(), { once: true })
          })
          yield 'and the second.'
        }
        yield* streamText(thread, halves())
      } finally {
        going.delete(run.id)
      }
    },
  })
  const text = { variable: 'text', label: 'Text', type: 'text-input', required: false, max_length: 100 } as const
  return {
    apps: {
      chat: halfway('chat'),
      completion: halfway('completion'),
      workflow: halfway('workflow', [text]),
    },
    going: () => going.size,
    release() {
      for (const goOn of [...going.values()]) goOn()
    },
    /** Resolves when the app has heard this and said its first words. */
    heard: (what: string) => new Promise<void>((resolve) => begun.set(what, resolve)),
    /** How many runs of each kind something still holds in memory. */
    async held() {
      begun = new Map()
      setFlagsFromString('--expose-gc')
      const collect = runInNewContext('gc') as () => void // what the flag has just exposed
      for (let round = 0; round < 4; round += 1) {
        collect()
        await new Promise((resolve) => setImmediate(resolve))
      }
      const counts = [...left].map(([name, refs]) => [name, refs.filter((ref) => ref.deref()).length] as const)
      return Object.fromEntries(counts.filter(([, count]) => count > 0))
    },
  }
}

/** Places for answers that are written at once, counted. */
function countedPlaces(): Peers & { taken(): number } {
  const peers = noPeers()
  let taken = 0
  return {
    ...peers,
    taken: () => taken,
    async takePlace(key, most) {
      const giveBack = await peers.takePlace(key, most)
      if (!giveBack) return null
      taken += 1
      let isTaken = true
      return () => {
        if (isTaken) taken -= 1
        isTaken = false
        giveBack()
      }
    },
  }
}

const MOST_AT_ONCE = 1000

/** A server whose apps may have so many answers at once, over a real database. */
async function startServer(store: Parameters<typeof createParley>[0]['store']) {
  const { apps, ...app } = halfways()
  const places = countedPlaces()
  const ends: Record<string, number> = {}
  let laterMs = 0
  const catalog: Catalog<Caller> = {
    defaultAppId: 'chat',
    find(id) {
      const found = Object.entries(apps).find(([name]) => name === id)
      return found && { id, app: found[1], mostAtOnce: MOST_AT_ONCE }
    },
    list: () => Object.entries(apps).map(([id, one]) => ({ id, app: one, aliases: [], mostAtOnce: MOST_AT_ONCE })),
  }
  const key = { workspaceId: 'test', scopes: [...API_KEY_SCOPES] }
  const nothing = () => undefined
  const parley = createParley({
    store,
    catalog,
    authenticate: async () => ({ workspaceId: 'test', userId: 'ada', method: 'development' }),
    allowOrigin: () => true,
    apiKeys: [
      { ...key, key: keyOf('all'), id: 'key_all' },
      ...Object.keys(apps).map((appId) => ({ ...key, key: keyOf(appId), id: `key_${appId}`, appId })),
    ],
    peers: places,
    observer: {
      requestEnded: nothing,
      requestRefused: nothing,
      runStarted: nothing,
      modelCallEnded: nothing,
      runEnded({ status }) {
        ends[status] = (ends[status] ?? 0) + 1
      },
    },
    clock: {
      now: () => new Date(Date.now() + laterMs),
      after(ms, callback) {
        const timer = setTimeout(callback, ms)
        timer.unref()
        return () => clearTimeout(timer)
      },
    },
    log: { ...consoleLog, info: nothing },
  })
  await parley.start()
  const listener = await listen(parley.fetch, { port: 0, host: '127.0.0.1' })
  const close = async () => {
    await Promise.all([listener.close(0), parley.close(0)])
  }
  onTestFinished(close)
  return {
    ...app,
    places,
    ends,
    connections: listener.connections,
    close,
    /** So much later, nobody may come back to an answer that has ended. */
    passTime() {
      laterMs += 3600_000
    },
    post: (path: string, body: object, headers: Record<string, string> = {}) =>
      openPost(listener.url + path, body, headers),
  }
}

/** A request on a connection of its own. */
function openPost(url: string, body: object, headers: Record<string, string>): ClientRequest {
  const sent = request(url, {
    method: 'POST',
    agent: new Agent({ keepAlive: false }),
    headers: { 'content-type': 'application/json', ...headers },
  })
  sent.on('error', () => undefined) // it is cut off on purpose
  sent.end(JSON.stringify(body))
  return sent
}

const readJson = (sent: ClientRequest): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    sent.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text))
      else reject(new Error(`${response.statusCode}: ${text}`))
    })
  })

/** Resolves with the first words of the answer; fails when the request was refused. */
const firstWords = (sent: ClientRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    sent.on('response', (response) => {
      let text = ''
      response.on('error', () => undefined) // it is cut off on purpose
      response.on('end', () => reject(new Error(`${response.statusCode}: ${text}`)))
      response.on('data', (chunk) => {
        text += chunk
        if (text.includes('The first half')) resolve()
      })
    })
  })

/** What opens an empty database, and the same one again. */
const DATABASES = {
  async SQLite() {
    const folder = mkdtempSync(join(tmpdir(), 'parley-abandoned-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return async () => sqliteStore(join(folder, 'parley.db'))
  },
  async PostgreSQL() {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    return () => postgresStore(database)
  },
}

/** Of each way, so that they are 500 together. */
const RUNS = 34

describe.each(Object.entries(DATABASES))(
  'A1: 500 answers that their readers leave, of every API, on %s',
  (_, makeDatabase) => {
    it('end or go on as the API promises, and leave nothing behind', async () => {
      const open = await makeDatabase()
      const server = await startServer(await open())
      const session = await readJson(
        server.post(
          '/v1/chatkit/sessions',
          { user: 'ada', workflow: { id: 'chat' }, rate_limits: { max_requests_per_1_minute: 10_000 } },
          { ...bearer(keyOf('all')), 'openai-beta': 'chatkit_beta=v1' },
        ),
      )
      const secret = bearer(String(session.client_secret))

      for (const { name, promised, path, body, headers, comesWhole } of WAYS) {
        const credential = path === '/v1/chatkit/conversation' ? secret : headers
        const before = { ...server.ends }
        /** Every second one is left before any of its answer can have arrived. */
        const abandon = async (number: number) => {
          const text = `${name} ${number}`
          const heard = server.heard(text)
          const sent = server.post(path, body(text), credential)
          const words = firstWords(sent)
          await (number % 2 === 0 && !comesWhole ? words : Promise.race([heard, words]))
          sent.destroy()
        }

        await Promise.all(Array.from({ length: RUNS }, (_, number) => abandon(number)))
        await expect.poll(server.connections, { message: name }).toBe(0)
        const status = promised === 'ends' ? 'cancelled' : 'completed'
        if (promised === 'goes on') {
          expect(server.going(), name).toBe(RUNS)
          server.release()
        }

        await expect
          .poll(() => server.ends, { message: name })
          .toEqual({ ...before, [status]: (before[status] ?? 0) + RUNS })
        expect(server.going(), name).toBe(0)
        await expect.poll(server.places.taken, { message: name }).toBe(0)
      }

      server.passTime()
      const last = server.heard('last 1')
      const sent = server.post('/api/chatkit', chatKit('last 1'))
      await last
      sent.destroy()
      await expect.poll(server.going).toBe(0)
      await expect.poll(server.held).toEqual({ last: 1 }) // somebody may come back to this one

      await server.close()
      const reopened = await open()
      expect(await reopened.sweepRuns(new Date().toISOString())).toBe(0)
      await reopened.close()
    })
  },
)
