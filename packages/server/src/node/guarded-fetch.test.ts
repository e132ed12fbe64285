import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GuardedFetchError, GuardedInit } from '../base/guarded-fetch.js'
import { nodeGuardedFetch } from './guarded-fetch.js'

let server: Server
let port: number
const seen: { url: string; method: string; host: string; authorization: string | undefined; body: string }[] = []

const ROUTES: Record<string, RequestListener> = {
  '/hello': (_, response) => response.setHeader('x-two', ['a', 'b']).end('hello'),
  '/packed': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('packed')),
  '/bomb': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(1_000_000))),
  '/declared': (_, response) => response.setHeader('content-length', '5000000').write('x'),
  '/endless': (_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(16_384)));
      response.once('drain', more)
    }
    more()
  },
  '/silent': () => undefined,
  '/slow': (_, response) => response.write('first'),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/to-hello': (_, response) => response.writeHead(302, { location: '/hello' }).end('moved'),
  '/keep': (_, response) => response.writeHead(307, { location: '/hello' }).end(),
  '/to-other': (_, response) => response.writeHead(302, { location: `http://other.test:${port}/hello` }).end(),
  '/to-private': (_, response) => response.writeHead(302, { location: `http://private.test:${port}/hello` }).end(),
  '/to-metadata': (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/empty': (_, response) => response.writeHead(204).end(),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half')
    setImmediate(() => response.destroy())
  },
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const { url = '', method = '', headers } = request
      seen.push({ url, method, host: headers.host ?? '', authorization: headers.authorization, body })
      const route = ROUTES[url]
      if (route) route(request, response)
      else response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const HERE = [{ address: '127.0.0.1', family: 4 }]
/** The operator's network: two names of it are allowed, a third is not. */
const guarded = nodeGuardedFetch({ privateHosts: ['good.test', '*.test.example'], resolve: async () => HERE })
const toGood = (path: string, init?: GuardedInit) => guarded(`http://good.test:${port}${path}`, init)
const textOf = async (path: string, init?: GuardedInit) => (await toGood(path, init)).text()

const refusal = (promise: Promise<unknown>): Promise<GuardedFetchError> =>
  promise.then(
    () => expect.unreachable('the request was not refused'),
    (error) => error,
  )

describe('an outbound request', () => {
  it('answers like fetch', async () => {
    const response = await toGood('/hello')

    expect(await response.text()).toBe('hello')
    expect(response.status).toBe(200)
    expect(response.headers.get('x-two')).toBe('a, b')
    expect(response.url).toBe(`http://good.test:${port}/hello`)
    expect((await toGood('/nowhere')).status).toBe(404)
    expect((await toGood('/empty')).body).toBeNull()
  })

  it('unpacks what was packed', async () => {
    expect(await textOf('/packed')).toBe('packed')
  })

  it('sends method, headers and body, but never another host', async () => {
    seen.length = 0
    await toGood('/hello', {
      method: 'post',
      body: 'data',
      headers: { host: 'bank.example', authorization: 'Bearer x' },
    })

    expect(seen).toEqual([
      { url: '/hello', method: 'POST', host: `good.test:${port}`, authorization: 'Bearer x', body: 'data' },
    ])
  })

  it('goes to private places only where the operator said so', async () => {
    expect((await guarded(`http://a.test.example:${port}/hello`)).status).toBe(200)
    const byRange = nodeGuardedFetch({ privateHosts: ['127.0.0.0/8'] })
    expect((await byRange(`http://127.0.0.1:${port}/hello`)).status).toBe(200)
    expect((await refusal(guarded(`http://test.example:${port}/hello`))).reason).toBe('forbidden_address')
  })
})

describe('a request that is refused', () => {
  it.each([
    ['http://127.0.0.1/', 'forbidden_address'],
    ['http://127.1/', 'forbidden_address'],
    ['http://2130706433/', 'forbidden_address'],
    ['http://0x7f000001/', 'forbidden_address'],
    ['http://0177.0.0.1/', 'forbidden_address'],
    ['http://①②⑦.0.0.1/', 'forbidden_address'],
    ['http://[::1]/', 'forbidden_address'],
    ['http://[::ffff:127.0.0.1]/', 'forbidden_address'],
    ['http://[64:ff9b::7f00:1]/', 'forbidden_address'],
    ['http://169.254.169.254/latest/meta-data/', 'forbidden_address'],
    ['http://0.0.0.0/', 'forbidden_address'],
    ['http://private.test/', 'forbidden_address'],
    ['https://private.test/', 'forbidden_address'],
    ['http://user:password@good.test/', 'bad_url'],
    ['file:///etc/passwd', 'bad_url'],
    ['ftp://good.test/', 'bad_url'],
    ['data:text/plain,hi', 'bad_url'],
    ['javascript:alert(1)', 'bad_url'],
    ['/relative', 'bad_url'],
    ['', 'bad_url'],
  ])('%s (%s)', async (url, reason) => {
    seen.length = 0

    expect((await refusal(guarded(url))).reason).toBe(reason)
    expect(seen).toEqual([])
  })

  it('when one of a name’s addresses is private, though others are not', async () => {
    const mixed = nodeGuardedFetch({ resolve: async () => [{ address: '93.184.216.34', family: 4 }, ...HERE] })

    expect((await refusal(mixed(`http://mixed.test:${port}/hello`))).reason).toBe('forbidden_address')
  })

  it('when a name changes its address between check and connection: it is asked only once', async () => {
    let asked = 0
    const rebinding = nodeGuardedFetch({
      resolve: async () => (asked++ === 0 ? HERE : [{ address: '93.184.216.34', family: 4 }]),
    })

    expect((await refusal(rebinding(`http://rebinding.test:${port}/hello`))).reason).toBe('forbidden_address')
    expect(asked).toBe(1)
  })

  it('when the caller does not want the place', async () => {
    const onlyHttps = (url: URL) => url.protocol === 'https:'

    expect((await refusal(toGood('/hello', { allowUrl: onlyHttps }))).reason).toBe('forbidden_url')
  })

  it('in words that name the host and the cure', async () => {
    expect((await refusal(guarded('http://private.test/secret?key=1'))).message).toBe(
      'private.test is not on the public internet. The operator can allow it with PARLEY_PRIVATE_HOSTS.',
    )
  })
})

describe('a redirect', () => {
  it('is followed, a POST as a GET without its body, except where it must stay', async () => {
    seen.length = 0
    expect(await textOf('/to-hello', { method: 'POST', body: 'data' })).toBe('hello')
    expect(await textOf('/keep', { method: 'POST', body: 'data' })).toBe('hello')

    expect(seen.map(({ url, method, body }) => [url, method, body])).toEqual([
      ['/to-hello', 'POST', 'data'],
      ['/hello', 'GET', ''],
      ['/keep', 'POST', 'data'],
      ['/hello', 'POST', 'data'],
    ])
  })

  it('does not carry credentials to another origin', async () => {
    seen.length = 0
    const both = nodeGuardedFetch({ privateHosts: ['*.test'], resolve: async () => HERE })
    await both(`http://good.test:${port}/to-other`, { headers: { authorization: 'Bearer x' } })

    expect(seen.map(({ host, authorization }) => [host, authorization])).toEqual([
      [`good.test:${port}`, 'Bearer x'],
      [`other.test:${port}`, undefined],
    ])
  })

  it.each([
    ['/to-private', 'forbidden_address'],
    ['/to-metadata', 'forbidden_address'],
    ['/to-file', 'bad_url'],
    ['/loop', 'too_many_redirects'],
  ])('%s is refused: %s', async (path, reason) => {
    expect((await refusal(toGood(path))).reason).toBe(reason)
  })

  it('is checked by the caller’s rule, too', async () => {
    const notHello = (url: URL) => url.pathname !== '/hello'

    expect((await refusal(toGood('/to-hello', { allowUrl: notHello }))).reason).toBe('forbidden_url')
  })
})

describe('an answer', () => {
  it.each(['/declared', '/endless', '/bomb'])('that is too large is not read to its end: %s', async (path) => {
    expect((await refusal(textOf(path, { maxBytes: 100_000 }))).reason).toBe('too_large')
  })

  it.each(['/silent', '/slow'])('that takes too long is given up: %s', async (path) => {
    expect((await refusal(textOf(path, { timeoutMs: 50 }))).reason).toBe('timed_out')
  })

  it('that is cut off fails', async () => {
    expect((await refusal(textOf('/cut'))).reason).toBe('unreachable')
  })

  it('nobody gives is unreachable', async () => {
    expect((await refusal(guarded('http://good.test:1/'))).reason).toBe('unreachable')
  })

  it('ends when the caller stops, with the caller’s own reason', async () => {
    const stop = new AbortController()
    const waiting = refusal(toGood('/silent', { signal: stop.signal }))
    stop.abort()

    expect(await waiting).toMatchObject({ name: 'AbortError' })
  })
})
