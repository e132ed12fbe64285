import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ClientError } from './error.js'
import { createTransport, type TransportOptions } from './transport.js'

type Answer = Response | Error | ((init: RequestInit) => Promise<Response>)

/** A transport whose requests are answered in this order; the last answer stays. */
function transportAnswering(answers: Answer[], options: Partial<TransportOptions> = {}) {
  const requests: { url: string; init: RequestInit; headers: Headers }[] = []
  const transport = createTransport({
    baseURL: 'http://chat.test/v1/',
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init, headers: new Headers(init.headers) })
      const answer = answers[Math.min(requests.length, answers.length) - 1]
      if (answer instanceof Error || answer === undefined) throw answer
      return typeof answer === 'function' ? answer(init) : answer.clone()
    },
    ...options,
  })
  return { transport, requests }
}

const failure = async (promise: Promise<unknown>) => {
  const thrown = await promise.then(
    () => expect.unreachable('the call should have failed'),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(ClientError)
  return thrown
}

const ok = Response.json({ ok: true })
const refusal = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ code: 'busy', message: 'Not now.' }, { status, headers })
const broken = new TypeError('fetch failed')

describe('C7: a request', () => {
  it('carries the base address, the query, JSON and the headers of the client and of the call', async () => {
    const { transport, requests } = transportAnswering([ok], { headers: { 'x-api-key': 'k', 'x-from': 'client' } })

    const query = { limit: 5, stream_mode: ['custom', 'values'], single: 'values', none: undefined }
    await transport.json({ method: 'POST', path: '/runs', query, body: { a: 1 }, headers: { 'x-from': 'call' } })

    expect(requests[0]?.url).toBe(
      'http://chat.test/v1/runs?limit=5&stream_mode=%5B%22custom%22%2C%22values%22%5D&single=values',
    )
    expect(requests[0]?.init).toMatchObject({ method: 'POST', body: '{"a":1}' })
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      'content-type': 'application/json',
      'x-api-key': 'k',
      'x-from': 'call',
    })
  })

  it('says nothing of the type of a form, or of a body that is not there', async () => {
    const { transport, requests } = transportAnswering([ok])

    await transport.json({ method: 'POST', path: '/files', body: new FormData() })
    await transport.json({ method: 'POST', path: '/cancel' })

    expect(requests.map(({ headers }) => headers.get('content-type'))).toEqual([null, null])
  })

  it('is seen, and can be changed, by onRequest', async () => {
    const seen: string[] = []
    const { transport, requests } = transportAnswering([ok], {
      onRequest: (url, init) => {
        seen.push(url.pathname)
        return { ...init, headers: { ...init.headers, traceparent: '00-1' } }
      },
    })

    await transport.json({ method: 'GET', path: '/info' })

    expect(seen).toEqual(['/v1/info'])
    expect(requests[0]?.headers.get('traceparent')).toBe('00-1')
  })

  it.each([202, 204])('answered %i has no content', async (status) => {
    const { transport } = transportAnswering([new Response(null, { status })])
    expect(await transport.json({ method: 'DELETE', path: '/x' })).toBeUndefined()
  })
})

describe('C7: a failure', () => {
  it.each([
    ['ours', { error: { code: 'thread_not_found', message: 'Gone.', param: 'thread' } }, ['thread_not_found', 'Gone.']],
    ['ClickAI’s', { code: 'invalid_param', message: 'No query.', status: 400 }, ['invalid_param', 'No query.']],
    ['Xpert’s', { statusCode: 400, error: 'Bad Request', message: 'No input.' }, ['http_400', 'No input.']],
    ['a broker’s', { error: 'No session.' }, ['http_400', 'No session.']],
    ['LangGraph’s', { detail: 'No graph.' }, ['http_400', 'No graph.']],
    ['several sentences', { message: ['One.', 'Two.'] }, ['http_400', 'One. Two.']],
    ['null', null, ['http_400', 'The server answered 400']],
  ])('in words that are %s', async (_, body, [code, message]) => {
    const { transport } = transportAnswering([Response.json(body, { status: 400 })])
    expect(await failure(transport.json({ method: 'GET', path: '/x' }))).toMatchObject({ status: 400, code, message })
  })

  it('that is a page instead of JSON names the address', async () => {
    const { transport } = transportAnswering([new Response('<html>')])
    const error = await failure(transport.json({ method: 'GET', path: '/x' }))
    expect(error).toMatchObject({ status: 200, code: 'not_json', message: /Check the address/ })
  })

  it('to answer in time ends the request', async () => {
    const silent = ({ signal }: RequestInit) =>
      new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const { transport, requests } = transportAnswering([silent], { timeoutMs: 1 })

    const error = await failure(transport.json({ method: 'GET', path: '/x' }))

    expect(error).toMatchObject({ status: 0, code: 'timeout', message: /within 1 ms/ })
    expect(requests).toHaveLength(1)
  })

  it('of whoever left is their own reason', async () => {
    const leaving = new AbortController()
    const { transport } = transportAnswering([
      async () => {
        leaving.abort(new Error('Enough.'))
        throw leaving.signal.reason
      },
    ])
    await expect(transport.json({ method: 'GET', path: '/x', signal: leaving.signal })).rejects.toThrow('Enough.')
  })
})

describe('C7: what was not taken is sent again', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  /** How long each pause was. */
  async function pausesOf(promise: Promise<unknown>): Promise<number[]> {
    let over = false
    const end = () => {
      over = true
    }
    promise.then(end, end)
    const pauses: number[] = []
    for (await vi.advanceTimersByTimeAsync(0); !over; ) {
      const from = Date.now()
      await vi.advanceTimersToNextTimerAsync()
      pauses.push(Date.now() - from)
    }
    return pauses
  }

  it.each(['GET', 'POST'] as const)('%s: after the time the server asked for', async (method) => {
    const { transport, requests } = transportAnswering([
      refusal(429, { 'retry-after': '7' }),
      refusal(503, { 'retry-after': '2' }),
      ok,
    ])

    const answer = transport.json({ method, path: '/x', body: { a: 1 } })

    expect(await pausesOf(answer)).toEqual([7000, 2000])
    expect(await answer).toEqual({ ok: true })
    expect(requests.map(({ init }) => init.body)).toEqual(Array(3).fill('{"a":1}'))
  })

  it('after a date, too', async () => {
    vi.setSystemTime('2026-01-01T00:00:00Z')
    const { transport } = transportAnswering([refusal(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:03 GMT' }), ok])
    expect(await pausesOf(transport.json({ method: 'GET', path: '/x' }))).toEqual([3000])
  })

  it('four times, twice as late each time, and then fails', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { transport, requests } = transportAnswering([refusal(502)])

    const answer = failure(transport.json({ method: 'GET', path: '/x' }))

    expect(await pausesOf(answer)).toEqual([1500, 3000, 6000, 12_000])
    expect(await answer).toMatchObject({ status: 502, code: 'busy', message: 'Not now.' })
    expect(requests).toHaveLength(5)
  })

  it.each<[string, Answer, object]>([
    ['a message that may have arrived', refusal(502), { method: 'POST' }],
    ['a message that somebody in between had no place for', refusal(503), { method: 'POST' }],
    ['a message whose line broke', broken, { method: 'POST' }],
    ['what is wrong', refusal(400), { method: 'GET' }],
    ['a quota that is used up until tomorrow', refusal(429, { 'retry-after': '3600' }), { method: 'GET' }],
  ])('but not %s', async (_, answer, call) => {
    const { transport, requests } = transportAnswering([answer])

    await failure(transport.json({ method: 'GET', path: '/x', ...call }))

    expect(requests).toHaveLength(1)
  })

  it.each<[string, object]>([
    ['GET', { method: 'GET' }],
    ['DELETE', { method: 'DELETE' }],
    ['a search', { method: 'POST', repeatable: true }],
  ])('%s: also when the line broke', async (_, call) => {
    const { transport, requests } = transportAnswering([broken, ok])

    const answer = transport.json({ method: 'GET', path: '/x', ...call })

    expect(await pausesOf(answer)).toHaveLength(1)
    expect(requests).toHaveLength(2)
  })

  it('until somebody leaves', async () => {
    const leaving = new AbortController()
    const { transport, requests } = transportAnswering([refusal(429, { 'retry-after': '9' })])

    const answer = transport.json({ method: 'GET', path: '/x', signal: leaving.signal })
    const reason = answer.catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(10)
    leaving.abort()

    expect(await reason).toBe(leaving.signal.reason)
    expect(requests).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('C7: no more at once than there may be', () => {
  /** Requests that are answered when the test says so. */
  function requestsInHand(options: Partial<TransportOptions>) {
    const answer: (() => void)[] = []
    const { transport } = transportAnswering(
      [() => new Promise((resolve) => answer.push(() => resolve(Response.json({}))))],
      options,
    )
    return { answer, get: (signal?: AbortSignal) => transport.json({ method: 'GET', path: '/x', signal }) }
  }

  it('the others wait for the beginning of an answer', async () => {
    const { answer, get } = requestsInHand({ maxConcurrency: 2 })
    const calls = Promise.all([get(), get(), get(), get()])

    await expect.poll(() => answer.length).toBe(2)
    answer[0]?.()
    await expect.poll(() => answer.length).toBe(3)
    answer[1]?.()
    answer[2]?.()
    await expect.poll(() => answer.length).toBe(4)
    answer[3]?.()

    expect(await calls).toHaveLength(4)
  })

  it('who leaves while they wait is gone at once, and takes nobody’s place', async () => {
    const { answer, get } = requestsInHand({ maxConcurrency: 1 })
    const leaving = new AbortController()
    const [first, second, third] = [get(), get(leaving.signal), get()]

    leaving.abort(new Error('Enough.'))
    await expect(second).rejects.toThrow('Enough.')
    answer[0]?.()
    await first
    await expect.poll(() => answer.length).toBe(2)
    answer[1]?.()
    expect(await third).toEqual({})
  })
})

describe('C7: a stream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** One piece, and then nothing. */
  function silentStream(options: Partial<TransportOptions>) {
    let left = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(': one\n')),
      cancel() {
        left = true
      },
    })
    const { transport } = transportAnswering([async () => new Response(body, { status: 201 })], options)
    return { send: () => transport.send({ method: 'POST', path: '/x' }), hasLeft: () => left }
  }

  it('of which nothing comes any more is a line that broke', async () => {
    const { send, hasLeft } = silentStream({ silenceMs: 5000 })
    const response = await send()
    const reader = response.body?.getReader()

    expect(response.status).toBe(201)
    expect((await reader?.read())?.value).toHaveLength(6)
    const broken = failure(Promise.resolve(reader?.read()))
    await vi.advanceTimersByTimeAsync(5000)

    expect(await broken).toMatchObject({ status: 0, code: 'network', message: /for 5000 ms/ })
    expect(hasLeft()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that is left closes its connection', async () => {
    const { send, hasLeft } = silentStream({ silenceMs: 5000 })

    await (await send()).body?.cancel()

    expect(hasLeft()).toBe(true)
  })
})
