import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { scriptedClock } from '../../../packages/server/src/base/scripted-clock.js'
import { memoryRateLimiter } from '../../../packages/server/src/http/rate-limits/memory-rate-limiter.js'
import { sqliteStore } from '../../../packages/server/src/storage/sqlite/index.js'
import { CLIENTS, type HostedServer, KEYS, message, readStream, startHostedServer } from './hosted-server.js'

let server: HostedServer
beforeAll(async () => {
  server = await startHostedServer()
})
afterAll(() => server?.close())

describe.each(CLIENTS)('B3: beta.chatkit.sessions of %s', (_, Client) => {
  const sessions = (key?: string) => server.clientOf(Client, key).beta.chatkit.sessions
  const demo = { user: 'ada', workflow: { id: 'demo' } }

  it('creates a session with every default of the hosted API', async () => {
    const session = await sessions().create(demo)

    expect(session).toEqual({
      id: expect.stringMatching(/^cksess_[0-9a-f]{48}$/),
      object: 'chatkit.session',
      client_secret: expect.stringMatching(/^ek_[\w-]{43}$/),
      expires_at: Math.floor(server.clock.now().getTime() / 1000) + 600,
      workflow: { id: 'demo', version: null, state_variables: null, tracing: { enabled: true } },
      user: 'ada',
      rate_limits: { max_requests_per_1_minute: 10 },
      max_requests_per_1_minute: 10,
      status: 'active',
      chatkit_configuration: {
        automatic_thread_titling: { enabled: true },
        file_upload: { enabled: false, max_file_size: 512, max_files: 10 },
        history: { enabled: true, recent_threads: null },
      },
    })
  })

  it('takes every parameter', async () => {
    const configuration = {
      automatic_thread_titling: { enabled: false },
      file_upload: { enabled: true, max_file_size: 3, max_files: 2 },
      history: { enabled: true, recent_threads: 5 },
    }
    const variables = { plan: 'pro', seats: 4, beta: true, ratio: 0.5 }

    const session = await sessions().create({
      user: 'ada',
      workflow: { id: 'demo', state_variables: variables, tracing: { enabled: false } },
      expires_after: { anchor: 'created_at', seconds: 60 },
      rate_limits: { max_requests_per_1_minute: 3 },
      chatkit_configuration: configuration,
    })

    expect(session).toMatchObject({
      workflow: { state_variables: variables, tracing: { enabled: false } },
      expires_at: Math.floor(server.clock.now().getTime() / 1000) + 60,
      max_requests_per_1_minute: 3,
      chatkit_configuration: configuration,
    })
  })

  it.each([
    ['no user', { ...demo, user: '' }, 'user'],
    [
      'too long a life',
      { ...demo, expires_after: { anchor: 'created_at' as const, seconds: 601 } },
      'expires_after.seconds',
    ],
    ['an unknown version', { ...demo, workflow: { id: 'demo', version: 'latest' } }, 'workflow.version'],
    [
      'no requests at all',
      { ...demo, rate_limits: { max_requests_per_1_minute: 0 } },
      'rate_limits.max_requests_per_1_minute',
    ],
  ])('refuses %s and names the parameter', async (_, body, param) => {
    await expect(sessions().create(body)).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param,
      requestID: expect.any(String),
    })
  })

  it('says which workflow does not exist', async () => {
    const created = sessions().create({ user: 'ada', workflow: { id: 'wf_missing' } })

    await expect(created).rejects.toMatchObject({
      status: 404,
      message: "404 Workflow with id 'wf_missing' not found.",
      type: 'invalid_request_error',
      param: null,
      code: null,
    })
  })

  it('asks for a key of this server', async () => {
    await expect(sessions('sk-of-somebody-else').create(demo)).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    })
  })

  it('cancels a session, once and again, and only one of its own workspace', async () => {
    const { id, client_secret } = await sessions().create(demo)

    await expect(sessions(KEYS.bank).cancel(id)).rejects.toMatchObject({ status: 404 })
    const cancelled = await sessions().cancel(id)
    const again = await sessions().cancel(id)

    expect(cancelled).toMatchObject({ id, status: 'cancelled', user: 'ada' })
    expect(cancelled.client_secret).not.toBe(client_secret)
    expect(again).toEqual(cancelled)
    await expect(sessions().cancel('cksess_missing')).rejects.toMatchObject({
      message: "404 Chatkit Session with id 'cksess_missing' not found.",
    })
  })
})

describe.each(CLIENTS)('A14: an API key over its limit, with %s', (_, Client) => {
  it('is refused with the time to wait, and the client waits for it', async () => {
    const limited = await startHostedServer({
      rateLimits: { limiter: memoryRateLimiter(), limits: { keyPerMinute: 2, keyPerDay: 3 } },
    })
    onTestFinished(() => limited.close())
    const { sessions } = limited.clientOf(Client).beta.chatkit
    const demo = { user: 'ada', workflow: { id: 'demo' } }

    const { response } = await sessions.create(demo).withResponse()
    await sessions.create(demo)
    const refused = await sessions.create(demo).catch((thrown: unknown) => thrown)

    expect(response.headers.get('x-ratelimit-remaining')).toBe('1')
    expect(refused).toBeInstanceOf(Client.RateLimitError)
    expect(refused).toMatchObject({ status: 429, type: 'requests', code: 'rate_limit_exceeded' })
    const headers = (refused as InstanceType<typeof Client.RateLimitError>).headers // as asserted above
    expect(Number(headers?.get('retry-after'))).toBeGreaterThan(50)
    expect(Number(headers?.get('retry-after-ms'))).toBeLessThanOrEqual(60_000)
    expect(headers?.get('x-should-retry')).toBe(null)
  })
})

describe('a client secret', () => {
  const create = (changes = {}) =>
    server.clientOf(CLIENTS[0][1]).beta.chatkit.sessions.create({ user: 'eve', workflow: { id: 'demo' }, ...changes })

  it('B4: opens a conversation on the recorded wire', async () => {
    const { client_secret } = await create()

    const response = await server.converse(client_secret, message('hello'))

    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const events = await readStream(response)
    expect(events[0]).toMatchObject({
      type: 'thread.created',
      thread: { id: expect.stringMatching(/^cthr_[0-9a-f]{48}$/), items: { data: [], has_more: false } },
    })
    expect(events.at(-1)).toMatchObject({
      type: 'thread.item.done',
      item: { type: 'assistant_message', id: expect.stringMatching(/^cti_[0-9a-f]{48}$/) },
    })
  })

  it('is worth nothing once it has expired or was cancelled', async () => {
    const expiring = await create({ expires_after: { anchor: 'created_at', seconds: 1 } })
    const cancelled = await create()
    await server.clientOf(CLIENTS[0][1]).beta.chatkit.sessions.cancel(cancelled.id)
    server.clock.advance(1000)

    const answers = await Promise.all(
      [expiring.client_secret, cancelled.client_secret, 'ek_forged'].map((secret) =>
        server.converse(secret, { type: 'threads.list', params: {} }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    const bodies = await Promise.all(answers.map((answer) => answer.json()))
    expect(bodies.map(({ error }) => error.code)).toEqual(['session_expired', 'session_cancelled', 'unauthorized'])
  })

  it('takes a running answer with it when it is cancelled', async () => {
    const { id, client_secret } = await create()
    const response = await server.converse(client_secret, message('hold'))

    await server.clientOf(CLIENTS[0][1]).beta.chatkit.sessions.cancel(id)

    const text = await response.text()
    expect(text).toContain('The first half')
    expect(text).not.toContain('second')
  })

  it('ends also an answer that another server of the same database is writing', async () => {
    const store = sqliteStore(':memory:')
    const clock = scriptedClock(new Date())
    const other = await startHostedServer({ store: { ...store, close: async () => undefined }, clock })
    const writing = await startHostedServer({ store, clock })
    onTestFinished(async () => {
      await other.close()
      await writing.close()
    })
    const { sessions } = other.clientOf(CLIENTS[0][1]).beta.chatkit
    const { id, client_secret } = await sessions.create({ user: 'eve', workflow: { id: 'demo' } })
    const response = await writing.converse(client_secret, message('hold'))

    await sessions.cancel(id)
    clock.advance(5_000)

    expect(await response.text()).not.toContain('second')
    const refused = await writing.converse(client_secret, message('hello'))
    expect(refused.status).toBe(401)
  })

  it('is refused the eleventh request of a minute, and told when to come back', async () => {
    const { client_secret } = await create()
    const list = () => server.converse(client_secret, { type: 'threads.list', params: {} })
    const first = await Promise.all(Array.from({ length: 12 }, list))

    expect(first.filter(({ status }) => status === 200)).toHaveLength(10)
    const refused = first.find(({ status }) => status === 429)
    expect(refused?.headers.get('retry-after')).toMatch(/^(60|5\d)$/)
  })
})
