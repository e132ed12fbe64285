import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { agentApp } from '../../packages/server/src/agents/agent-runnable.js'
import { mcpServer } from '../../packages/server/src/agents/mcp/mcp-server.js'
import { loadAgentsSdk } from '../../packages/server/src/agents/sdk.js'
import { createParley } from '../../packages/server/src/app/create-parley.js'
import { developmentAuthentication } from '../../packages/server/src/auth/development.js'
import { type JwtRules, jwtAuthentication } from '../../packages/server/src/auth/jwt.js'
import type { Authenticate } from '../../packages/server/src/auth/principal.js'
import { staticCatalog } from '../../packages/server/src/catalog/catalog.js'
import { memoryRateLimiter } from '../../packages/server/src/http/rate-limits/memory-rate-limiter.js'
import { resolveModels } from '../../packages/server/src/models/model-settings.js'
import { createModelTransport } from '../../packages/server/src/node/model-transport.js'
import { readSettings } from '../../packages/server/src/node/settings.js'
import { postgresStore } from '../../packages/server/src/storage/postgres/index.js'
import { toRequestError } from '../../packages/server/src/storage/postgres/postgres-error.js'
import { sqliteStore } from '../../packages/server/src/storage/sqlite/index.js'

const SECRET = 'a-secret-that-only-these-tests-know-of'
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

interface Served {
  authenticate?: Authenticate
  modelUrl?: string
  perMinute?: number
  check?(): Promise<void>
}

/** A whole server, what it answers to a message, and what its log says. */
async function serving({ authenticate = anybody, modelUrl = 'http://127.0.0.1:1/v1', perMinute, check }: Served = {}) {
  const lines: string[] = []
  const write = (message: string, details?: object) => void lines.push(`${message} ${JSON.stringify(details)}`)
  const log = { debug: write, info: write, warn: write, error: write }
  const store = sqliteStore(':memory:')
  const models = resolveModels(
    { openaiBaseUrl: modelUrl, name: 'test-model' },
    { transport: createModelTransport({ silenceMs: 50 }), log },
  )
  const { Agent } = await loadAgentsSdk()
  const app = agentApp({ agent: new Agent({ name: 'Agent' }), models })
  const parley = createParley({
    store: { ...store, ...(check && { check }) },
    catalog: staticCatalog({ demo: app }),
    authenticate,
    allowOrigin: () => false,
    ...(perMinute !== undefined && {
      rateLimits: { limiter: memoryRateLimiter(), limits: { userPerMinute: perMinute } },
    }),
    log,
  })
  cleanUps.push(() => parley.close(0))
  await parley.start()
  const get = async (path: string) => (await parley.fetch(new Request(`http://localhost${path}`))).text()
  const say = async (headers: Record<string, string> = {}) =>
    (
      await parley.fetch(
        new Request('http://localhost/api/chatkit', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{"type":"message","content":"Hello"}',
        }),
      )
    ).text()
  return { get, say, lines }
}

const anybody: Authenticate = async () => ({ workspaceId: 'default', userId: 'ada', method: 'development' })

async function withToken(payload: Record<string, unknown>, rules: Partial<JwtRules> = {}, secret = SECRET) {
  const token = await new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(payload.late ? '1m ago' : '1h')
    .sign(new TextEncoder().encode(secret))
  const { say } = await serving({ authenticate: jwtAuthentication({ keys: { secret: SECRET }, ...rules }) })
  return say({ authorization: `Bearer ${token}` })
}

async function hostThat(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const failure = (work: () => unknown): Promise<string> =>
  Promise.resolve()
    .then(work)
    .then(
      () => expect.unreachable('it should have failed'),
      (error: Error) => error.message,
    )

const unreachable = () => Promise.reject(toRequestError(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })))

/** What happens, by the words the handbook says are read then. */
const HAPPENS: Record<string, () => Promise<string>> = {
  'Nothing is served at GET /chatkit/chatkit.js': async () => (await serving()).get('/chatkit/chatkit.js'),
  'Send the header "Authorization: Bearer <JWT>"': async () =>
    (await serving({ authenticate: jwtAuthentication({ keys: { secret: SECRET } }) })).say(),
  'has to be signed with its secret (HS256)': () => withToken({ sub: 'ada' }, {}, 'another-secret-of-another-server'),
  'The token has expired. Get a new one': () => withToken({ sub: 'ada', late: true }),
  'The token\'s "aud" is not the one this server expects': () =>
    withToken({ sub: 'ada', aud: 'shop' }, { audience: 'chat' }),
  'Put the user’s id into its "sub" claim': () => withToken({ name: 'ada' }),
  'Start PostgreSQL, or correct DATABASE_URL': () =>
    failure(() => postgresStore({ connectionString: 'postgres://parley:hidden@127.0.0.1:1/parley' })),
  'The database cannot be reached': async () => (await serving({ check: unreachable })).get('/readyz'),
  'DATABASE_POOL_SIZE must be': () => failure(() => readSettings({ DATABASE_POOL_SIZE: '1000' })),
  'Try again, or give it more time with PARLEY_MODEL_TIMEOUT_SECONDS': async () =>
    (await serving({ modelUrl: `${await hostThat(() => undefined)}/v1` })).say(),
  'Could not reach the model at': async () => (await serving()).say(),
  'It did not answer within': async () => {
    const lines: string[] = []
    const write = (_: string, details?: object) => void lines.push(JSON.stringify(details))
    const url = await hostThat(() => undefined)
    const log = { debug: write, info: write, warn: write, error: write }
    const server = mcpServer({ name: 'slow', url }, { log, patienceMs: 50 })
    cleanUps.push(() => server.close())
    await server.tools()
    return lines.join()
  },
  'Try again in': async () => {
    const { say } = await serving({ perMinute: 1 })
    await say()
    return say()
  },
  'add the origin to PARLEY_ALLOWED_ORIGINS': async () => {
    const { say, lines } = await serving()
    await say({ origin: 'https://shop.test' })
    return lines.filter((line) => line.includes('shop.test')).join()
  },
  'Add the origin to PARLEY_ALLOWED_ORIGINS': async () => {
    const authenticate = developmentAuthentication({ allowOrigin: () => false, allowHost: () => true })
    return (await serving({ authenticate })).say({ origin: 'https://shop.test' })
  },
}

/** What only a page can read, and the tests that read it there. */
const IN_A_PAGE: Record<string, string> = {
  "The chat's script could not be loaded from": '../../packages/react/src/load-chatkit.test.ts',
  'to its frame-src': '../browser/failures.test.ts',
}

const handbook = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8')
const read = handbook
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| issue'))
  .map((line) => /`(.*?)`/.exec(line.split(' | ')[2] ?? '')?.[1] ?? line)

describe('A22: the table of failures in the handbook', () => {
  it('has no row that is not tried', () => {
    expect(read.sort()).toEqual([...Object.keys(HAPPENS), ...Object.keys(IN_A_PAGE)].sort())
  })

  it.each(Object.entries(HAPPENS))('%s', async (words, happens) => {
    const said = await happens()

    expect(said.replaceAll('\\"', '"')).toContain(words)
    expect(said).not.toMatch(/hidden|a-secret-that/)
  })

  it.each(Object.entries(IN_A_PAGE))('%s: read in a page by %s', (words, file) => {
    expect(readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8')).toContain(words)
  })
})
