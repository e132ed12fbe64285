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
import { userFacts } from '../../packages/server/src/facts/user-facts.js'
import { type Caller, consoleLog, createParley, type Runnable, staticCatalog } from '../../packages/server/src/index.js'
import { createLogin, loginRoutes, loginSession } from '../../packages/server/src/login/index.js'
import { createMcpServers } from '../../packages/server/src/mcp-servers/mcp-servers.js'
import { createProviders } from '../../packages/server/src/providers/providers.js'
import { createSecrets } from '../../packages/server/src/secrets/secrets.js'
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
  /** Asks the page for something, and waits for the answer: as a graph, of which more can be asked than of a chat. */
  const asking: Runnable<Caller> = {
    mode: 'advanced-chat',
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
  const vault = await createVault([new Uint8Array(32)])
  const secrets = createSecrets({ store: store.secrets, vault, clock })
  const parley = createParley({
    store,
    catalog: staticCatalog<Caller>({ support: asking, sales: asking }),
    providers: createProviders({
      store: store.providers,
      vault,
      guardedFetch: () => Promise.reject(new TypeError('nobody asks a model here')),
      clock,
      log: consoleLog,
    }),
    secrets,
    mcpServers: createMcpServers({
      store: store.mcpServers,
      takeLease: store.workspaces.takeLease,
      vault,
      secretsOf: secrets.of,
      guardedFetch: () => Promise.reject(new TypeError('nobody asks a server here')),
      clock,
      log: { ...consoleLog, warn: () => undefined },
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
    facts: userFacts(store.facts, clock),
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
  child: string
  upload: string
  document: string
  /** A passage of the document, a tag of the base, and a property its documents may have. */
  segment: string
  tag: string
  field: string
  /** An answer that somebody wrote for an app. */
  annotation: string
  /** The name of something its tools send. */
  secret: string
  /** A server whose tools apps may have. */
  mcp: string
  /** Something an app remembers about Ada. */
  fact: string
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
  const { id: secretName } = await admin('/secrets', {
    name: `KEY_${randomHex(8)}`,
    host: `${MARK}.example.com`,
    value: MARK,
  })
  const { id: mcp } = await admin('/mcp_servers', { name: MARK, url: `https://${MARK}.example.com/mcp` })
  const { id: knowledge } = await admin('/knowledge', { name: MARK, description: MARK })
  const { id: document } = await admin(`/knowledge/${knowledge}/documents`, { title: MARK, text: MARK })
  const untilRead = () =>
    vi.waitFor(
      async () => {
        const { status } = await admin(`/knowledge/${knowledge}/documents/${document}`)
        if (status !== 'ready') throw new Error(`The document is ${status}.`)
      },
      { timeout: 60_000 },
    )
  await untilRead()
  const { key: appKey } = await server.apiKeys.create({
    workspaceId: 'shop',
    name: 'of these tests',
    scopes: ['chat'],
    appId: 'support',
  })
  const post = (path: string, body: unknown, by = KEYS.shop) => server.json(server.send('POST', `/v1${path}`, by, body))
  const documentPath = `/datasets/${knowledge}/documents/${document}`
  const { data: segments } = await post(`${documentPath}/segments`, { segments: [{ content: MARK }] })
  const { data: child } = await post(`${documentPath}/segments/${segments[0].id}/child_chunks`, { content: MARK })
  const sent = new FormData()
  sent.set('file', new File([MARK], 'mark.txt', { type: 'text/plain' }))
  const upload = await post('/datasets/pipeline/file-upload', sent)
  const { id: tag } = await post('/datasets/tags', { name: MARK })
  await server.send('POST', '/v1/datasets/tags/binding', KEYS.shop, { tag_ids: [tag], target_id: knowledge })
  const { id: field } = await post(`/datasets/${knowledge}/metadata`, { type: 'string', name: MARK })
  const { id: annotation } = await post('/apps/annotations', { question: MARK, answer: MARK }, appKey)
  await untilRead()
  await server.send('PATCH', '/api/admin/v1/workspace', KEYS.shop, { name: MARK })
  const owner = await server.person('shop')
  const { id: fact } = await server.facts.remember(MARK, { workspaceId: 'shop', userId: 'ada', appId: 'support' })
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
    segment: segments[0].id,
    child: child.id,
    upload: upload.id,
    tag,
    field,
    annotation,
    secret: secretName,
    mcp,
    fact,
  }
  /** All that Ada sees of it. */
  /** With a key of its own each time: the tests together ask more often than one key may. */
  const look = async () => {
    const { key: eyes } = await server.apiKeys.create({
      workspaceId: 'shop',
      name: 'eyes',
      scopes: [...API_KEY_SCOPES],
    })
    const see = (path: string) => server.json(server.send('GET', path, eyes))
    const seeAdmin = (path: string) => see(`/api/admin/v1${path}`)
    return {
      thread: await server.json(
        server.send('POST', '/v1/chatkit/conversation', secret, {
          type: 'threads.get_by_id',
          params: { thread_id: thread },
        }),
      ),
      session: await see(`/v1/chatkit/sessions/${session}`),
      app: await seeAdmin(`/apps/${app}`),
      key: await seeAdmin(`/keys/${key}`),
      user: await seeAdmin(`/users/${user}`),
      provider: await seeAdmin(`/providers/${provider}`),
      secret: await seeAdmin(`/secrets/${secretName}`),
      mcp: await seeAdmin(`/mcp_servers/${mcp}`),
      knowledge: await seeAdmin(`/knowledge/${knowledge}`),
      passages: await seeAdmin(`/knowledge/${knowledge}/search?query=${MARK}`),
      segments: withoutHits(await see(`/v1${documentPath}/segments`)),
      dataset: await see(`/v1/datasets/${knowledge}`),
      annotations: await server.json(server.send('GET', '/v1/apps/annotations', appKey)),
      facts: await server.json(server.send('GET', '/api/chatkit/memory', secret)),
      workspace: await seeAdmin('/workspace'),
      people: await server.json(server.send('GET', '/api/admin/v1/people', owner.headers)),
    }
  }
  return { owned, secret, owner, look }
}

/** Whoever looks searches, and is counted. */
const withoutHits = ({ data, ...page }: { data: Record<string, unknown>[] }) => ({
  ...page,
  data: data.map(({ hit_count: _, ...segment }) => segment),
})
