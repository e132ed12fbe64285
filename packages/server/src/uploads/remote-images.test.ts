import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedFetch } from '../base/guarded-fetch.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { readEvents } from '../testing/read-events.js'
import { readError, readJson } from '../testing/read-json.js'
import { type TestParley, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const FILES: Record<string, { type: string; body: Buffer | string }> = {
  '/a.png': { type: 'text/plain', body: PNG },
  '/page': { type: 'image/png', body: '<script>alert(1)</script>' },
  '/draw.svg': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  '/huge.png': { type: 'image/png', body: Buffer.concat([PNG, Buffer.alloc(6_000_000)]) },
}

let server: Server
let parley: TestParley
const asked: string[] = []

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const target = /^\/to\/(.*)$/.exec(url)?.[1]
    if (target) return response.writeHead(302, { location: `https://${target}` }).end()
    const file = FILES[url]
    if (!file) return response.writeHead(404).end()
    response.setHeader('content-type', file.type).end(file.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  parley = testParley({
    async *respond(thread) {
      thread.allowed_image_domains = ['pictures.test']
      yield* streamText(thread, 'Look')
    },
    // The real rules over a line without encryption: certificates of invented hosts cannot be had.
    guardedFetch: createGuardedFetch(async ({ url, headers, signal }) => {
      asked.push(url.href)
      return fetch(`http://127.0.0.1:${port}${url.pathname}`, { headers, signal, redirect: 'manual' })
    }),
  })
})
afterAll(async () => {
  await parley.close()
  server.close()
})

async function threadOf(user: string): Promise<string> {
  const [created] = await readEvents(await parley.send('threads.create', { input: userText('Hi') }, { as: user }))
  return created?.type === 'thread.created' ? created.thread.id : expect.unreachable('no thread')
}

const read = async (url: string, as = 'alice', thread_id?: string) =>
  parley.send('images.read', { thread_id: thread_id ?? (await threadOf(as)), url }, { as })

describe('B6: images.read', () => {
  it('gives a picture of an allowed domain, as what its bytes are', async () => {
    const response = await read('https://cdn.pictures.test/a.png')

    expect(await readJson(response)).toEqual({ mime_type: 'image/png', data_base64: PNG.toString('base64') })
  })

  it('follows a redirect within the allowed domains', async () => {
    expect((await read('https://pictures.test/to/cdn.pictures.test/a.png')).status).toBe(200)
  })

  it.each([
    'https://elsewhere.test/a.png',
    'http://pictures.test/a.png',
    'https://pictures.test:8443/a.png',
    'https://pictures.test.evil.test/a.png',
    'https://me@pictures.test/a.png',
    'file:///etc/passwd',
  ])('asks nobody for %s', async (url) => {
    asked.length = 0
    const response = await read(url)

    expect(response.status).toBe(403)
    expect((await readError(response)).code).toBe('forbidden')
    expect(asked).toEqual([])
  })

  it('does not follow a redirect out of them', async () => {
    asked.length = 0
    const response = await read('https://pictures.test/to/elsewhere.test/a.png')

    expect(response.status).toBe(403)
    expect(asked).toEqual(['https://pictures.test/to/elsewhere.test/a.png'])
  })

  it.each(['/page', '/draw.svg', '/huge.png', '/missing.png'])('shows nothing but small pictures: %s', async (path) => {
    const response = await read(`https://pictures.test${path}`)

    expect(response.status).toBe(502)
    expect((await readError(response)).message).toContain('pictures.test')
  })

  it('is for the owner of the thread', async () => {
    const response = await read('https://pictures.test/a.png', 'bob', await threadOf('alice'))

    expect(response.status).toBe(404)
    expect((await readError(response)).code).toBe('thread_not_found')
  })

  it('says so where a server cannot fetch', async () => {
    const plain = testParley({ respond: (thread) => streamText(thread, 'Hi') })
    const [created] = await readEvents(await plain.send('threads.create', { input: userText('Hi') }))
    const thread_id = created?.type === 'thread.created' && created.thread.id

    expect((await plain.send('images.read', { thread_id, url: 'https://pictures.test/a.png' })).status).toBe(501)
  })
})
