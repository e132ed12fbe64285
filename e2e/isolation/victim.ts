import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { vi } from 'vitest'
import { API_KEY_SCOPES } from '../../packages/server/src/auth/api-keys.js'
import { jwtAuthentication } from '../../packages/server/src/auth/jwt.js'
import { randomHex } from '../../packages/server/src/base/random-id.js'
import { scriptedClock } from '../../packages/server/src/base/scripted-clock.js'
import { serverFigures } from '../../packages/server/src/base/server-figures.js'
import { createVault } from '../../packages/server/src/base/vault.js'
import { type Caller, consoleLog, createParley, type Runnable, staticCatalog } from '../../packages/server/src/index.js'
import { createLogin, loginRoutes, loginSession } from '../../packages/server/src/login/index.js'
import { createProviders } from '../../packages/server/src/providers/providers.js'
import { diskFiles } from '../../packages/server/src/storage/files/disk-files.js'
import { sqliteStore } from '../../packages/server/src/storage/sqlite/index.js'
import type { ServerStore } from '../../packages/server/src/storage/workspace-store.js'

/** Stands in everything Ada owns: whoever reads it has seen something of hers. */
export const MARK = 'only-for-ada'

export const KEYS = { shop: 'sk-parley-shop-of-these-tests', bank: 'sk-parley-bank-of-these-tests' }

const JWT_SECRET = 'the-secret-of-these-tests-is-long-enough'

export type IsolationServer = Awaited<ReturnType<typeof startIsolationServer>>

/** A server of two workspaces, two apps and JWTs, in this process. */
export async function startIsolationServer() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-isolation-'))
  const clock = scriptedClock(new Date())
  let lastRun = ''
  /** Asks the page for something, and waits for the answer. */
  const asking: Runnable<Caller> = {
    async *run({ thread, run, generateId }) {
      lastRun = run.id
      yield {
        type: 'thread.item.done',
        item: {
          id: generateId('tool_call'),
          thread_id: thread.id,
          created_at: new Date().toISOString(),
          type: 'client_tool_call',
          status: 'pending',
          call_id: `call_${MARK}`,
          name: 'read_page',
          arguments: {},
        },
      }
    },
  }
  const { store, asked } = watched(sqliteStore(':memory:'))
  const login = createLogin(store.logins, { secret: 'a secret of the tests that is long enough', clock })
  const parley = createParley({
    store,
    catalog: staticCatalog<Caller>({ support: asking, sales: asking }),
    providers: createProviders({
      store: store.providers,
      vault: await createVault([new Uint8Array(32)]),
      guardedFetch: () => Promise.reject(new TypeError('nobody asks a model here')),
      clock,
      log: consoleLog,
    }),
    figures: { workspaceId: 'shop', read: serverFigures(new Date(), () => 0).read },
    appMaker: { make: () => asking, problemsOf: () => [] },
    authenticate: jwtAuthentication({ keys: { secret: JWT_SECRET } }),
    apiKeys: Object.entries(KEYS).map(([workspaceId, key]) => ({
      key,
      id: `key_${workspaceId}`,
      workspaceId,
      scopes: [...API_KEY_SCOPES],
    })),
    uploads: { files: diskFiles(folder), key: new Uint8Array(32) },
    allowOrigin: () => true,
    login: loginSession(login),
    more: [loginRoutes({ login, limiter: UNLIMITED, audit: () => undefined })],
    clock,
    log: { ...consoleLog, info: () => undefined },
  })
  await parley.start()

  const send = (method: string, path: string, credential: Credential, body?: unknown) =>
    parley.fetch(
      new Request(`http://parley.test${path}`, {
        method,
        headers: {
          ...(typeof credential === 'string' && { authorization: `Bearer ${credential}` }),
          ...(typeof credential === 'object' && credential),
          ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      }),
    )
  const json = async (answer: Promise<Response>) => (await answer).json()

  /** A session without limits, so that nobody is refused for asking too often. */
  const session = (key: string, user: string, { workflow = 'support', seconds = 600, state = {} } = {}) =>
    json(
      send('POST', '/v1/chatkit/sessions', key, {
        user,
        workflow: { id: workflow, state_variables: state },
        expires_after: { anchor: 'created_at', seconds },
        rate_limits: { max_requests_per_1_minute: 1_000_000 },
        chatkit_configuration: { file_upload: { enabled: true, max_files: 1000 } },
      }),
    )

  return {
    apiKeys: parley.apiKeys,
    clock,
    lastRun: () => lastRun,
    asked,
    send,
    json,
    session,
    /** Somebody who signs in to a workspace, as their browser sends it. */
    async person(workspaceId: string, role: 'owner' | 'admin' = 'owner') {
      const { token } = await login.createLink({ workspaceId, purpose: 'invite', role })
      const email = `${randomHex(8)}@example.com`
      const account = { name: workspaceId === 'shop' ? MARK : workspaceId, email, password: 'correct horse' }
      // biome-ignore lint/correctness/useHookAtTopLevel: it has nothing to do with React
      const { person, cookies } = await login.useLink(new Request('http://parley.test/'), token, account)
      return { id: person.id, email, headers: { ...OWN_PAGE, cookie: cookies[0]?.split(';')[0] ?? '' } }
    },
    jwt: (claims: Record<string, unknown>, { secret = JWT_SECRET, expires = '1h' } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(expires)
        .sign(new TextEncoder().encode(secret)),
    async close() {
      await parley.close(0)
      rmSync(folder, { recursive: true })
    },
  }
}

/** What a browser says of a page of the server itself. */
export const OWN_PAGE = { origin: 'http://parley.test', 'sec-fetch-site': 'same-origin' }

/** A bearer token, or whatever headers a browser sends along. */
export type Credential = string | Record<string, string> | null

/** Nobody is refused here for asking too often: that would hide what they are refused for otherwise. */
const UNLIMITED = { take: async () => undefined, close: async () => undefined }

/** Who is calling is looked up once and remembered for a moment, whatever is asked for. */
const ABOUT_THE_CALLER = ['findApiKey', 'touchApiKey', 'findSession', 'loadWorkspace', 'findRows', 'changeRows']

/** The store, and what it is asked: an answer that takes another question more takes longer. */
function watched(store: ServerStore) {
  let questions: string[] = []
  const watch = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'object' && value !== null) return watch(value)
        if (typeof value !== 'function' || ABOUT_THE_CALLER.includes(String(name))) return value
        return (...values: unknown[]) => {
          questions.push(String(name))
          return value.apply(target, values)
        }
      },
    })
  return {
    store: watch(store),
    /** Since it was asked last. */
    asked() {
      const before = questions
      questions = []
      return before
    },
  }
}

/** Everything of Ada's that somebody could ask for by its id. */
export interface Owned {
  thread: string
  item: string
  call: string
  run: string
  file: string
  session: string
  /** A user of the workspace, of whom nobody else may learn. */
  user: string
  /** An app that is no code. */
  app: string
  key: string
  /** Somebody who signs in. */
  person: string
  email: string
  /** A model host with a key. */
  provider: string
  knowledge: string
  document: string
}

/** Fills Ada's corner: a file, a thread with a message and a waiting tool call, and the session she talks through. */
export async function makeVictim(server: IsolationServer) {
  const { id: session, client_secret: secret } = await server.session(KEYS.shop, 'ada', { state: { mark: MARK } })
  const form = new FormData()
  form.append('file', new File([MARK], `${MARK}.pdf`, { type: 'application/pdf' }))
  const file = await server.json(server.send('POST', '/v1/chatkit/files', secret, form))
  const content = [{ type: 'input_text', text: MARK }]
  const input = { content, attachments: [file.id], inference_options: {} }
  const stream = await server.send('POST', '/v1/chatkit/conversation', secret, {
    type: 'threads.create',
    params: { input },
  })
  const events = (await stream.text())
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)))
  const thread = events[0].thread.id
  const [message, call] = events.filter(({ type }) => type === 'thread.item.done').map(({ item }) => item.id)
  await server.send('POST', '/v1/chatkit/conversation', secret, {
    type: 'threads.update',
    params: { thread_id: thread, title: MARK },
  })
  const user = `person_${randomHex(8)}`
  await server.session(KEYS.shop, user, { state: { mark: MARK } })
  const admin = (path: string, body?: unknown) =>
    server.json(server.send(body === undefined ? 'GET' : 'POST', `/api/admin/v1${path}`, KEYS.shop, body))
  const { id: app } = await admin('/apps', { name: MARK, description: MARK, agent: { instructions: MARK } })
  const { id: key } = await admin('/keys', { name: MARK, app })
  const host = { name: MARK, base_url: `https://${MARK}.example.com/v1`, api_key: `sk-${MARK}-key` }
  const { id: provider } = await admin('/providers', host)
  const { id: knowledge } = await admin('/knowledge', { name: MARK, description: MARK })
  const { id: document } = await admin(`/knowledge/${knowledge}/documents`, { title: MARK, text: MARK })
  await vi.waitFor(async () => {
    const { status } = await admin(`/knowledge/${knowledge}/documents/${document}`)
    if (status !== 'ready') throw new Error(`The document is ${status}.`)
  })
  await server.send('PATCH', '/api/admin/v1/workspace', KEYS.shop, { name: MARK })
  const owner = await server.person('shop')
  const owned: Owned = {
    thread,
    item: message,
    call,
    run: server.lastRun(),
    file: file.id,
    session,
    user,
    app,
    key,
    person: owner.id,
    email: owner.email,
    provider,
    knowledge,
    document,
  }
  /** All that Ada sees of it. */
  const look = async () => ({
    thread: await server.json(
      server.send('POST', '/v1/chatkit/conversation', secret, {
        type: 'threads.get_by_id',
        params: { thread_id: thread },
      }),
    ),
    session: await server.json(server.send('GET', `/v1/chatkit/sessions/${session}`, KEYS.shop)),
    app: await admin(`/apps/${app}`),
    key: await admin(`/keys/${key}`),
    user: await admin(`/users/${user}`),
    provider: await admin(`/providers/${provider}`),
    knowledge: await admin(`/knowledge/${knowledge}`),
    passages: await admin(`/knowledge/${knowledge}/search?query=${MARK}`),
    workspace: await admin('/workspace'),
    people: await server.json(server.send('GET', '/api/admin/v1/people', owner.headers)),
  })
  return { owned, secret, owner, look }
}
