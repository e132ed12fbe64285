import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { API_KEY_SCOPES } from '../../auth/api-keys.js'
import { scriptedClock } from '../../base/scripted-clock.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { memoryRateLimiter } from '../../http/rate-limits/memory-rate-limiter.js'
import { listen, type Patience } from '../../node/listen.js'
import { type TestParley, type TestParleyOptions, testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'

interface Opening {
  search?: string
  /** Default: `alice`. */
  headers?(parley: TestParley): Promise<Record<string, string>>
  patience?: Partial<Patience>
}

/** A real server on a port, and a client of its socket as `alice`. */
async function openSocket(options: TestParleyOptions = {}, { search = '', headers, patience }: Opening = {}) {
  const parley = testParley({ respond: (thread) => streamText(thread, ['Hello', ' Ada']), ...options })
  const server = await listen(parley.handle, { port: 0, host: '127.0.0.1' }, parley.sockets, patience)
  const client = new WebSocket(`${server.url.replace('http', 'ws')}/api/chatkit/ws${search}`, {
    headers: headers ? await headers(parley) : { 'x-test-user': 'alice' },
  })
  const messages: Record<string, unknown>[] = []
  const waiting: (() => void)[] = []
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    client.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  client.on('message', (data) => {
    messages.push(JSON.parse(data.toString()))
    for (const look of waiting) look()
  })
  onTestFinished(async () => {
    client.terminate()
    await server.close()
    await parley.close()
  })
  await new Promise((resolve) => client.once('open', resolve))
  return {
    parley,
    client,
    server,
    messages,
    closed,
    send: (message: unknown) => client.send(typeof message === 'string' ? message : JSON.stringify(message)),
    /** Everything that came until a message fits. */
    until: (fits: (message: Record<string, unknown>) => boolean) =>
      new Promise<Record<string, unknown>[]>((resolve) => {
        const look = () => messages.some(fits) && resolve(messages)
        waiting.push(look)
        look()
      }),
  }
}

const isAnswer = ({ type, message }: Record<string, unknown>) =>
  type === 'message.added' && Object(message).role === 'assistant'

describe('A13: GET /api/chatkit/ws', () => {
  it('streams an answer in the events of the guide', async () => {
    const { send, until } = await openSocket()

    send({ type: 'threads.create', params: { input: userText('Hi') } })
    const events = await until(isAnswer)

    const deltas = events.filter(({ type }) => type === 'stream.delta') // one or two: what comes in one tick leaves as one
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['thread.created', 'message.added', 'stream.delta']),
    )
    const id = Object(events[0]?.thread).id
    expect(events[0]).toEqual({
      type: 'thread.created',
      thread: { id, title: 'New chat', created_at: expect.stringMatching(/^\d{4}-/) },
    })
    expect(events[1]).toMatchObject({ message: { thread_id: id, content: 'Hi', role: 'user' } })
    expect(deltas[0]).toEqual({ type: 'stream.delta', thread_id: id, delta: expect.stringMatching(/^Hello/) })
    expect(deltas.map(({ delta }) => delta).join('')).toBe('Hello Ada')
    expect(events.at(-1)).toMatchObject({ message: { thread_id: id, content: 'Hello Ada', role: 'assistant' } })
  })

  it('takes the shorthand, and names the request an event belongs to', async () => {
    const { send, until } = await openSocket()

    send({ type: 'message', content: 'Hi', request_id: 7 })
    const events = await until(isAnswer)

    expect(new Set(events.map(({ request_id }) => request_id))).toEqual(new Set([7]))
  })

  it('answers what does not stream with one result', async () => {
    const { send, until } = await openSocket()

    send({ type: 'threads.list', params: {} })

    expect(await until(({ type }) => type === 'result')).toEqual([
      { type: 'result', result: { data: [], has_more: false } },
    ])
  })

  it('speaks ChatKit’s own events to those who ask for them', async () => {
    const { send, until } = await openSocket({}, { search: '?events=chatkit' })

    send({ type: 'threads.create', params: { input: userText('Hi') } })
    const isDone = ({ type, item }: Record<string, unknown>) =>
      type === 'thread.item.done' && Object(item).type === 'assistant_message'

    expect((await until(isDone)).map(({ type }) => type)).toContain('thread.item.updated')
  })

  it.each([
    ['what is not JSON', 'nope', 'invalid_request'],
    ['an unknown thread', { type: 'threads.get_by_id', params: { thread_id: 'thr_none' } }, 'thread_not_found'],
  ])('answers %s with an error and stays open', async (_, message, code) => {
    const { send, until } = await openSocket()

    send(message)
    const [error] = await until(({ type }) => type === 'error')
    send({ type: 'threads.list', params: {} })

    expect(error).toMatchObject({ type: 'error', error: { code, message: expect.any(String) } })
    await until(({ type }) => type === 'result')
  })

  it('says when an answer fails', async () => {
    const { send, until } = await openSocket({
      // biome-ignore lint/correctness/useYield: it fails before it has anything to say
      respond: async function* () {
        throw new Error('boom')
      },
    })

    send({ type: 'message', content: 'Hi' })
    const events = await until(({ type }) => type === 'error')

    expect(JSON.stringify(events)).not.toContain('boom')
  })

  it('ends the answer of a client that leaves', async () => {
    let stopped: () => void = () => undefined
    const wasStopped = new Promise<void>((resolve) => {
      stopped = resolve
    })
    const { send, until, client } = await openSocket({
      respond: async function* (thread, _input, _context, { signal }) {
        yield* streamText(thread, 'I begin')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        stopped()
      },
    })
    send({ type: 'message', content: 'Hi' })
    await until(({ type }) => type === 'stream.delta')

    client.close()

    await wasStopped
  })

  it('says goodbye when the server stops', async () => {
    const { closed, server } = await openSocket()

    await server.close()

    expect(await closed).toMatchObject({ code: 1001 })
  })

  it('opens no other address', async () => {
    const { server } = await openSocket()
    const other = new WebSocket(`${server.url.replace('http', 'ws')}/api/other`)

    const error = await new Promise<Error>((resolve) => other.once('error', resolve))

    expect(error.message).toContain('404')
  })
})

describe('A13: who may stay on a socket', () => {
  const KEY = 'sk-parley-key-of-these-tests'
  const clock = scriptedClock()
  const hosted: TestParleyOptions = {
    clock,
    apiKeys: [{ key: KEY, id: 'key_1', workspaceId: 'shop', scopes: [...API_KEY_SCOPES] }],
    respond: async function* (thread, _input, _context, { signal }) {
      yield* streamText(thread, 'I begin')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
  }
  const asServer = { as: null, headers: { authorization: `Bearer ${KEY}` } }

  /** A socket of a session that lives a minute. */
  async function openSession(patience?: Partial<Patience>) {
    let id = ''
    const socket = await openSocket(hosted, {
      ...(patience && { patience }),
      async headers(parley) {
        const expires_after = { anchor: 'created_at', seconds: 60 }
        const body = { user: 'ada', workflow: { id: 'demo' }, expires_after }
        const session = Object(await (await parley.fetch('/v1/chatkit/sessions', body, asServer)).json())
        id = session.id
        return { authorization: `Bearer ${session.client_secret}` }
      },
    })
    const cancel = () => socket.parley.fetch(`/v1/chatkit/sessions/${id}/cancel`, {}, asServer)
    return { ...socket, cancel }
  }

  it('nobody without a credential: told so, then closed', async () => {
    const { closed, messages } = await openSocket({}, { headers: async () => ({}) })

    expect(await closed).toEqual({ code: 4401, reason: 'unauthorized' })
    expect(messages).toEqual([{ type: 'error', error: { code: 'unauthorized', message: 'Sign in first.' } }])
  })

  it('nobody whose session has expired: the next message is refused, and the socket closed', async () => {
    const { send, until, closed, messages } = await openSession()
    send({ type: 'threads.list', params: {} })
    await until(({ type }) => type === 'result')

    clock.advance(60_000)
    send({ type: 'threads.list', params: {}, request_id: 1 })

    expect(await closed).toEqual({ code: 4401, reason: 'session_expired' })
    expect(messages.slice(1)).toEqual([
      { type: 'error', request_id: 1, error: expect.objectContaining({ code: 'session_expired' }) },
    ])
  })

  it('nobody whose session was cancelled, also who says nothing more: the answer ends, then the socket', async () => {
    const { send, until, closed, messages, cancel } = await openSession({ socketCheckMs: 20 })
    send({ type: 'message', content: 'Hi' })
    await until(({ type }) => type === 'stream.delta')

    await cancel()

    expect(await closed).toEqual({ code: 4401, reason: 'session_cancelled' })
    expect(messages.at(-1)).toMatchObject({ type: 'error', error: { code: 'session_cancelled' } })
  })

  it('nobody who asks nothing for long', async () => {
    const { closed } = await openSocket({}, { patience: { socketCheckMs: 10, socketIdleMs: 30 } })

    expect(await closed).toMatchObject({ code: 4408 })
  })

  it('nobody who sends more than 2 MB at once', async () => {
    const { send, closed } = await openSocket()

    send('x'.repeat(2 * 1024 * 1024 + 1))

    expect(await closed).toMatchObject({ code: 1009 })
  })

  it('counts messages against the limits, and says what is left and when to come back', async () => {
    const limits = { userPerMinute: 2 }
    const { send, until } = await openSocket({ rateLimits: { limiter: memoryRateLimiter(), limits } })

    for (const request_id of [1, 2, 3]) {
      send({ type: 'message', content: 'Hi', request_id })
      await until((message) => message.request_id === request_id && (isAnswer(message) || message.type === 'error'))
    }
    const messages = await until(({ type }) => type === 'error')

    const reset = expect.any(Number)
    expect(messages.flatMap(({ rate_limit }) => rate_limit ?? [])).toEqual([
      { limit: 2, remaining: 1, reset },
      { limit: 2, remaining: 0, reset },
      { limit: 2, remaining: 0, reset },
    ])
    expect(messages.at(-1)).toMatchObject({
      request_id: 3,
      error: { code: 'rate_limited', retry_after: expect.any(Number) },
    })
  })
})
