import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ChatKitProxyOptions, createChatKitProxy } from './chatkit-proxy.js'

interface Failure {
  error?: { type?: string; code?: string; message?: string }
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function serverAnswering(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
}

/** A chat server that remembers what it was asked, and answers with JSON. */
async function chatServer() {
  const asked: { method?: string; url?: string; headers: IncomingHttpHeaders; body: string }[] = []
  const url = await serverAnswering(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ method: request.method, url: request.url, headers: request.headers, body })
    response.setHeader('content-type', 'application/json')
    response.setHeader('set-cookie', 'server=1')
    response.setHeader('access-control-allow-origin', 'https://evil.test')
    response.setHeader('x-request-id', 'req_1')
    response.statusCode = 201
    response.end('{"data":[]}')
  })
  return { url, asked }
}

const post = (headers: Record<string, string> = {}, path = '/api/chatkit', signal?: AbortSignal) =>
  new Request(`https://app.test${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"type":"message","content":"Hello"}',
    ...(signal && { signal }),
  })

const signedIn = async () => 'the-token'
const quiet = { report: () => undefined }
const errorOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as Failure).error,
})

describe('A16: the proxy', () => {
  it('forwards a request with the token of who is signed in, and nothing of the login', async () => {
    const { url, asked } = await chatServer()
    const proxy = createChatKitProxy({ url, auth: signedIn })

    const response = await proxy(
      post({
        cookie: 'session=secret',
        origin: 'https://app.test',
        referer: 'https://app.test/chat',
        'sec-fetch-site': 'same-origin',
        connection: 'keep-alive, x-hop',
        'x-hop': '1',
        'keep-alive': 'timeout=5',
        'chatkit-frame-instance-id': 'frame',
        'idempotency-key': 'once',
        'accept-language': 'de',
      }),
    )

    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ data: [] })
    expect(response.headers.get('x-request-id')).toBe('req_1')
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const [{ headers, body, url: path } = { headers: {}, body: '', url: '' }] = asked
    expect(path).toBe('/api/chatkit')
    expect(body).toBe('{"type":"message","content":"Hello"}')
    expect(headers).toMatchObject({
      authorization: 'Bearer the-token',
      'content-type': 'application/json',
      'chatkit-frame-instance-id': 'frame',
      'idempotency-key': 'once',
      'accept-language': 'de',
      'x-forwarded-host': 'app.test',
      'x-forwarded-proto': 'https',
    })
    for (const name of ['cookie', 'origin', 'referer', 'x-hop', 'keep-alive', 'sec-fetch-site'])
      expect(headers[name], name).toBeUndefined()
  })

  it.each([
    ['/api/chatkit', '/api/chatkit'],
    ['/api/chatkit/session', '/api/chatkit/session'],
    ['/api/chatkit/refresh/', '/api/chatkit/refresh'],
    ['/api/chatkit/support?x=1', '/api/chatkit/support?x=1'],
    ['/base/api/chatkit/files', '/api/chatkit/files'],
    ['/somewhere/else', '/api/chatkit'],
    ['/api/chatkit/../../v1/chatkit/threads', '/api/chatkit'],
  ])('asks for %s at %s', async (path, expected) => {
    const { url, asked } = await chatServer()

    await createChatKitProxy({ url: `${url}/`, auth: signedIn })(post({}, path))

    expect(asked.map((one) => one.url)).toEqual([expected])
  })

  it('takes a whole endpoint as the address', async () => {
    const { url, asked } = await chatServer()

    await createChatKitProxy({ url: `${url}/chat/` })(post({}, '/api/chatkit/refresh'))

    expect(asked[0]?.url).toBe('/chat/refresh')
  })

  it('hands an answer on as it is written, and stops it when the reader leaves', async () => {
    const closed = new EventEmitter()
    const isClosed = once(closed, 'done')
    const url = await serverAnswering((_, response) => {
      response.setHeader('content-type', 'text/event-stream')
      response.write('data: 1\n\n')
      response.on('close', () => closed.emit('done'))
    })

    const response = await createChatKitProxy({ url, auth: signedIn })(post())
    const reader = response.body?.getReader()
    const first = await reader?.read() // the server has written no more, and will not

    expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n')
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    await reader?.cancel()
    await isClosed
  })

  it('stops the chat server when the browser goes away before an answer, and says nothing of it', async () => {
    const asked = new EventEmitter()
    const isAsked = once(asked, 'done')
    const closed = new EventEmitter()
    const isClosed = once(closed, 'done')
    const url = await serverAnswering((request) => {
      request.on('close', () => closed.emit('done'))
      asked.emit('done')
    })
    const report = vi.fn()
    const leave = new AbortController()

    const answer = createChatKitProxy({ url, auth: signedIn, report })(post({}, '/api/chatkit', leave.signal))
    await isAsked
    leave.abort()

    await isClosed
    expect((await answer).status).toBe(499)
    expect(report).not.toHaveBeenCalled()
  })

  it('breaks off when the chat server does', async () => {
    const url = await serverAnswering((_, response) => {
      response.setHeader('content-type', 'text/event-stream')
      response.write('data: 1\n\n', () => response.destroy())
    })

    const response = await createChatKitProxy({ url, auth: signedIn })(post())

    await expect(response.text()).rejects.toThrow()
  })

  it('sends a file on as it comes', async () => {
    const { url, asked } = await chatServer()
    const upload = new Request('https://app.test/api/chatkit/files/atc_1?token=t', { method: 'PUT', body: 'the bytes' })

    await createChatKitProxy({ url, auth: async () => null })(upload)

    expect(asked[0]).toMatchObject({ method: 'PUT', url: '/api/chatkit/files/atc_1?token=t', body: 'the bytes' })
  })
})

describe('A16: who is signed in', () => {
  it.each<[string, Record<string, string>, string, string | undefined]>([
    ['a token of its own', { authorization: 'Bearer own' }, '/api/chatkit/session', 'Bearer own'],
    ['nothing, where nobody is needed', {}, '/api/chatkit/health', undefined],
  ])('a request goes on with %s', async (_, headers, path, expected) => {
    const { url, asked } = await chatServer()
    const auth = vi.fn(async () => null)

    await createChatKitProxy({ url, auth })(post(headers, path))

    expect(asked[0]?.headers.authorization).toBe(expected)
    expect(auth).not.toHaveBeenCalled()
  })

  it('goes on without a login when the app has none', async () => {
    const { url, asked } = await chatServer()

    expect((await createChatKitProxy({ url })(post())).status).toBe(201)

    expect(asked[0]?.headers.authorization).toBeUndefined()
  })

  it('refuses whoever is not, and does not ask the chat server', async () => {
    const { url, asked } = await chatServer()

    const response = await createChatKitProxy({ url, auth: async () => null })(post())

    expect(await errorOf(response)).toEqual({
      status: 401,
      type: 'authentication_error',
      code: 'unauthorized',
      message: 'Nobody is signed in here, or no longer. Sign in, then try again.',
    })
    expect(asked).toEqual([])
  })

  it.each(['cross-site', 'same-site'])('gives a %s page nothing of the login', async (site) => {
    const { url, asked } = await chatServer()

    const response = await createChatKitProxy({ url, auth: signedIn, ...quiet })(post({ 'sec-fetch-site': site }))

    expect(await errorOf(response)).toMatchObject({ status: 403, code: 'forbidden' })
    expect(asked).toEqual([])
  })

  it('asks Better Auth in this process, with the cookies', async () => {
    const { url, asked } = await chatServer()
    const getToken = vi.fn(async ({ headers }: { headers: Headers }) => ({ token: `for ${headers.get('cookie')}` }))

    await createChatKitProxy({ url, auth: { api: { getToken } } })(post({ cookie: 'session=1' }))

    expect(asked[0]?.headers.authorization).toBe('Bearer for session=1')
  })

  it.each([
    [Object.assign(new Error('UNAUTHORIZED'), { statusCode: 401 }), 401, 'unauthorized'],
    [new Error('the database is gone'), 503, 'unavailable'],
  ])('tells "nobody" from a login that is broken: %s', async (thrown, status, code) => {
    const { url } = await chatServer()
    const api = { getToken: () => Promise.reject(thrown) }

    const response = await createChatKitProxy({ url, auth: { api }, ...quiet })(post({ cookie: 'session=1' }))

    expect(await errorOf(response)).toMatchObject({ status, code })
  })

  it('says so when Better Auth has no JWT plugin', async () => {
    const { url } = await chatServer()

    const response = await createChatKitProxy({ url, auth: { api: {} }, ...quiet })(post({ cookie: 'session=1' }))

    expect(await errorOf(response)).toMatchObject({ status: 501, code: 'not_configured', message: /jwt\(\)/ })
  })

  it.each<[string, Answer, number, Record<string, unknown>]>([
    ['a token', (_, response) => response.end('{"token":"t"}'), 201, {}],
    ['nobody', (_, response) => response.writeHead(401).end('{}'), 401, { code: 'unauthorized' }],
    ['no such route', (_, response) => response.writeHead(404).end(), 501, { code: 'not_configured' }],
    ['a failure', (_, response) => response.writeHead(500).end('{}'), 503, { code: 'unavailable' }],
    ['something else', (_, response) => response.end('<html>'), 503, { code: 'unavailable' }],
  ])('asks Better Auth at its address, which answers with %s', async (_, answer, status, error) => {
    const { url, asked } = await chatServer()
    const paths: (string | undefined)[] = []
    const auth = await serverAnswering((request, response) => {
      paths.push(request.url)
      answer(request, response)
    })

    const response = await createChatKitProxy({ url, auth, ...quiet })(post({ cookie: 'session=1' }))

    expect(paths).toEqual(['/api/auth/token'])
    expect(response.status).toBe(status)
    expect(((await response.json()) as Failure).error ?? {}).toMatchObject(error)
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(status === 201 ? ['Bearer t'] : [])
  })
})

describe('A16: what fails on the way', () => {
  const failure = async (answer: Answer, options: Partial<ChatKitProxyOptions> = {}) => {
    const report = vi.fn()
    const url = await serverAnswering(answer)
    const error = await errorOf(await createChatKitProxy({ url, report, ...options })(post()))
    expect(JSON.stringify(error)).not.toContain('127.0.0.1')
    expect(report).toHaveBeenCalledOnce()
    return error
  }

  it('names a chat server that is not there, without its address', async () => {
    const error = await failure((request) => request.destroy())
    expect(error).toMatchObject({ status: 503, code: 'unavailable', message: /cannot be reached\. Check/ })
  })

  it('does not show the page of a gateway', async () => {
    const error = await failure((_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    )
    expect(error).toMatchObject({ status: 503, code: 'unavailable', message: /\(502\)/ })
  })

  it('follows no redirect with somebody’s token', async () => {
    const error = await failure((_, response) => response.writeHead(308, { location: 'https://evil.test' }).end())
    expect(error).toMatchObject({ status: 503, code: 'unavailable', message: /leads elsewhere/ })
  })

  it('hands on the errors of the chat server itself', async () => {
    const url = await serverAnswering((_, response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' })
        .end('{"error":{"code":"rate_limited"}}'),
    )

    const response = await createChatKitProxy({ url })(post())

    expect(response.headers.get('retry-after')).toBe('7')
    expect(await errorOf(response)).toEqual({ status: 429, code: 'rate_limited' })
  })

  it.each(['', 'chat.test', 'ftp://chat.test'])('is not made with the address "%s"', (url) => {
    expect(() => createChatKitProxy({ url })).toThrow('whole address')
  })
})
