import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { encodeError } from '../dialects/chatkit/index.js'
import { eventStreamResponse, eventWriterOf } from './event-stream.js'
import type { Route } from './route.js'
import { createRouter } from './router.js'

function routerWith(...routes: Route[]) {
  const reported: { thrown: unknown; requestId: string }[] = []
  const fetch = createRouter({
    groups: [{ routes, encodeError }],
    cors: { allowOrigin: (origin) => origin === 'https://friend.test' },
    encodeError,
    report: (thrown, _, requestId) => reported.push({ thrown, requestId }),
  })
  const ask = (path: string, init?: RequestInit) => fetch(new Request(`http://parley.test${path}`, init))
  return { ask, reported }
}

const silence = () => Promise.resolve()
const hello: Route = { method: 'GET', path: '/hello/:name', handle: (_, { params }) => Response.json(params) }

describe('routes', () => {
  it('get their path parameters decoded', async () => {
    const response = await routerWith(hello).ask('/hello/J%C3%BCrgen%20B')

    expect(await response.json()).toEqual({ name: 'Jürgen B' })
  })

  it.each(['/page/', '/page'])(
    'are found with and without a last slash, whichever they are declared with',
    async (path) => {
      const { ask } = routerWith({ method: 'GET', path, handle: () => new Response('found') })

      expect(await (await ask('/page/')).text()).toBe('found')
      expect(await (await ask('/page')).text()).toBe('found')
    },
  )

  it('below a prefix are loaded with the first request for one of them, and again when that failed', async () => {
    let loads = 0
    const load = async () => {
      loads += 1
      if (loads === 1) throw new ParleyError('unavailable', 'Not now.')
      return { routes: [{ ...hello, path: '/late/:name' }], encodeError }
    }
    const fetch = createRouter({
      groups: [
        { prefix: '/late', load },
        { routes: [{ ...hello, path: '/late/own' }], encodeError },
      ],
      cors: { allowOrigin: () => false },
      encodeError,
      report: () => undefined,
    })
    const ask = async (path: string, method = 'GET') =>
      (await fetch(new Request(`http://parley.test${path}`, { method }))).status

    expect([await ask('/late/own'), loads]).toEqual([200, 0])
    expect(await ask('/late/ada')).toBe(503)
    expect([await ask('/late/ada'), await ask('/late/bo'), loads]).toEqual([200, 200, 2])
    expect([await ask('/late/ada', 'PUT'), await ask('/late/a/b')]).toEqual([405, 404])
  })

  it('answer 404 in JSON where nothing is served', async () => {
    const response = await routerWith(hello).ask('/nothing?x=1', { method: 'POST' })

    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      error: { type: 'not_found_error', code: 'not_found', message: 'Nothing is served at POST /nothing.' },
    })
  })

  it('answer 405 and name the methods of a path that exists', async () => {
    const response = await routerWith(hello, { ...hello, method: 'PUT' }).ask('/hello/x', { method: 'POST' })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, PUT')
    expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
  })

  it('keep the event writer of a stream within reach of the host', async () => {
    const { ask } = routerWith({ method: 'GET', path: '/stream', handle: () => eventStreamResponse(silence) })

    expect(eventWriterOf(await ask('/stream'))).toBeTypeOf('function')
  })
})

describe('failures', () => {
  const failing = (thrown: unknown): Route => ({
    method: 'GET',
    path: '/fail',
    handle: () => Promise.reject(thrown),
  })

  it('that are known are worded by their dialect, with the time to wait', async () => {
    const slow = new ParleyError('rate_limited', 'Wait a little.', { details: { retry_after: 6.2 } })
    const response = await routerWith(failing(slow)).ask('/fail')

    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await response.json()).toEqual({
      error: { type: 'rate_limit_error', code: 'rate_limited', message: 'Wait a little.' },
    })
  })

  it('that are not known say nothing of the inside and are reported with the request id', async () => {
    const { ask, reported } = routerWith(failing(new TypeError('password is hunter2')))

    const response = await ask('/fail', { headers: { 'x-request-id': 'trace-7' } })
    const body = await response.text()

    expect(response.status).toBe(500)
    expect(body).not.toMatch(/hunter2|TypeError|at /)
    expect(reported).toEqual([{ thrown: expect.any(TypeError), requestId: 'trace-7' }])
  })
})

describe('request ids', () => {
  it('are taken from the caller when they are harmless, else made', async () => {
    const { ask } = routerWith(hello)
    const echoed = async (id: string) => (await ask('/hello/x', { headers: { 'x-request-id': id } })).headers

    expect((await echoed('abc-1')).get('x-request-id')).toBe('abc-1')
    expect((await echoed('a b')).get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect((await echoed('x'.repeat(129))).get('x-request-id')).toHaveLength(36)
  })
})

describe('CORS', () => {
  const preflight = (origin: string, headers?: string) =>
    routerWith(hello).ask('/hello/x', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        ...(headers && { 'access-control-request-headers': headers }),
      },
    })

  it('lets a welcome page send the headers it asks for', async () => {
    const { status, headers } = await preflight('https://friend.test', 'content-type,chatkit-frame-instance-id,x-own')

    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://friend.test')
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('access-control-allow-headers')).toBe('content-type,chatkit-frame-instance-id,x-own')
    expect(headers.get('vary')).toContain('Origin')
  })

  it('name one origin, of an answer that anybody may read as well', async () => {
    const headers = { 'access-control-allow-origin': '*', vary: 'accept-encoding' }
    const { ask } = routerWith({ method: 'GET', path: '/script.mjs', handle: () => new Response('', { headers }) })

    const answered = await ask('/script.mjs', { headers: { origin: 'https://friend.test' } })
    const toOthers = await ask('/script.mjs', { headers: { origin: 'https://stranger.test' } })

    expect(answered.headers.get('access-control-allow-origin')).toBe('https://friend.test')
    expect(answered.headers.get('vary')).toBe('accept-encoding, Origin')
    expect(toOthers.headers.get('access-control-allow-origin')).toBe('*')
  })

  it("lists the headers of ChatKit's clients when the preflight asks for none", async () => {
    const allowed = (await preflight('https://friend.test')).headers.get('access-control-allow-headers')

    expect(allowed).toContain('chatkit-frame-instance-id')
    expect(allowed).toContain('authorization')
    expect(allowed).toContain('idempotency-key')
  })

  it('gives no permission to other pages, and no page for all', async () => {
    const refused = await preflight('https://evil.test', 'content-type')
    const answered = await routerWith(hello).ask('/hello/x', { headers: { origin: 'https://evil.test' } })

    expect(refused.status).toBe(204)
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    expect(answered.headers.get('access-control-allow-origin')).toBeNull()
    expect(answered.headers.get('vary')).toBe('Origin')
  })

  it('lets a welcome page read answers and errors alike', async () => {
    const { ask } = routerWith(hello)
    for (const path of ['/hello/x', '/nothing']) {
      const { headers } = await ask(path, { headers: { origin: 'https://friend.test' } })
      expect(headers.get('access-control-allow-origin')).toBe('https://friend.test')
      expect(headers.get('access-control-expose-headers')).toContain('retry-after')
    }
  })
})
