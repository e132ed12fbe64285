import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { streamText } from '../chatkit-server/stream-text.js'
import { SECURITY_HEADERS } from '../http/security-headers.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { type TestParley, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { type Listener, listen } from './listen.js'
import { webRoutes } from './web-routes.js'

const PAGE_POLICY = "default-src 'none'; script-src 'self'"
const BROKEN = 'the reason of the storage'

let folder: string
let parley: TestParley
let server: Listener
/** Cuts whoever is slow, which on a busy machine may be anybody. */
let impatient: Listener
let storage: ReturnType<typeof diskFiles>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-headers-'))
  const file = (headers: Record<string, string>) => ({ file: 'page', encodings: {}, size: 4, headers })
  const files = {
    '/': file({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY }),
    '/chatkit.js': file({ 'content-type': 'text/javascript; charset=utf-8', etag: '"a"', 'cache-control': 'no-cache' }),
  }
  writeFileSync(join(folder, 'page'), 'page')
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: 1, files }))
  storage = diskFiles(join(folder, 'files'))
  await storage.prepare?.()
  parley = testParley({
    respond: (thread) => streamText(thread, 'Hello'),
    uploads: { files: { ...storage, read: (id) => storage.read(id) }, key: new Uint8Array(32), maxBytes: 1000 },
    more: [
      ...(await webRoutes(folder)),
      {
        method: 'GET',
        path: '/broken',
        handle() {
          throw new Error(BROKEN)
        },
      },
    ],
    allowOrigin: () => false,
  })
  server = await listen(parley.handle, { port: 0, host: '127.0.0.1' }, parley.sockets)
  impatient = await listen(parley.handle, { port: 0, host: '127.0.0.1' }, parley.sockets, { headersMs: 200 })
})
afterAll(async () => {
  await server.close()
  await impatient.close()
  await parley.close()
  rmSync(folder, { recursive: true })
})

const AS_ALICE = 'x-test-user: alice\r\ncontent-type: application/json\r\n'
const get = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nhost: parley\r\n${headers}connection: close\r\n\r\n`
const post = (body: object | string, headers = AS_ALICE) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return `POST /api/chatkit HTTP/1.1\r\nhost: parley\r\n${headers}connection: close\r\ncontent-length: ${text.length}\r\n\r\n${text}`
}

/** The answer to these bytes. */
async function exchange(request: string, { url } = server) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(request)
  let answer = ''
  for await (const chunk of socket.setEncoding('utf8')) answer += chunk
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(lines.map((text) => [text.split(':', 1)[0], text.slice(text.indexOf(':') + 2)]))
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}

const PNG = '\x89PNG\r\n\x1a\n and the rest'

async function fileAddress(): Promise<string> {
  const bytes = Uint8Array.from(PNG, (letter) => letter.charCodeAt(0))
  const declared = { name: 'a.png', size: bytes.length, mime_type: 'image/png' }
  const created = await parley.send('attachments.create', declared, { ours: true })
  const image = (await created.json()) as { preview_url: string; upload_descriptor: { url: string } }
  await parley.fetch(image.upload_descriptor.url, bytes, { method: 'PUT' })
  return image.preview_url
}

const WEBSOCKET = 'connection: upgrade\r\nupgrade: websocket\r\n'

describe('every kind of answer carries the security headers', () => {
  it.each<[string, number, string]>([
    ['a page', 200, get('/')],
    ['a script', 200, get('/chatkit.js')],
    ['a script the browser has', 304, get('/chatkit.js', 'if-none-match: "a"\r\n')],
    ['JSON', 200, post({ type: 'threads.list', params: {} })],
    ['a stream', 200, post({ type: 'threads.create', params: { input: userText('Hi') } })],
    ['the head of an answer', 200, get('/healthz').replace('GET', 'HEAD')],
    ['a preflight', 204, get('/api/chatkit', 'origin: https://a.test\r\n').replace('GET', 'OPTIONS')],
    ['health', 200, get('/healthz')],
    ['an unknown path', 404, get('/nowhere')],
    ['a wrong method', 405, get('/api/chatkit').replace('GET', 'DELETE')],
    ['a wrong body', 400, post('{')],
    ['nobody', 401, post({ type: 'threads.list', params: {} }, 'content-type: application/json\r\n')],
    ['a body of another type', 415, post('<a/>', AS_ALICE.replace('json', 'xml'))],
    ['a failure of the server', 500, get('/broken')],
    ['a file that is not there', 404, get('/api/chatkit/files/atc_1?token=x')],
    ['a Host that is none', 400, 'GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n'],
    ['no Host', 400, 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['what is not HTTP', 400, 'hello\r\n\r\n'],
    ['a head that is too large', 431, get('/', `x: ${'x'.repeat(20_000)}\r\n`)],
    ['a head that never ends', 408, 'GET / HTTP/1.1\r\nx: '],
    ['a WebSocket where there is none', 404, `GET /x HTTP/1.1\r\nhost: parley\r\n${WEBSOCKET}\r\n`],
  ])('%s (%i)', async (_, status, request) => {
    const answer = await exchange(request, status === 408 ? impatient : server)

    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': expect.any(String),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(Object.keys(answer.headers).join()).not.toMatch(/server|powered-by/i)
    if (status >= 400 && !request.startsWith('HEAD')) {
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      expect(answer.headers).toMatchObject(SECURITY_HEADERS)
      expect(answer.body).toContain('"message":')
    }
    expect(answer.body).not.toContain(BROKEN)
  })

  it('a file, which can run nothing whatever it holds', async () => {
    const { pathname, search } = new URL(await fileAddress(), server.url)
    const { status, headers, body } = await exchange(get(pathname + search))

    expect([status, body]).toEqual([200, expect.stringContaining('and the rest')])
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline;/),
    })
  })

  it('and a file that breaks off says nothing of the reason', async () => {
    const { pathname, search } = new URL(await fileAddress(), server.url)
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const read = vi.spyOn(storage, 'read').mockResolvedValue({
      size: PNG.length,
      bytes: new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('<b')),
        pull: () => Promise.reject(new Error(BROKEN)),
      }),
    })

    const answer = await exchange(get(pathname + search)).catch(() => undefined)

    expect(read).toHaveBeenCalled()
    expect(answer?.body ?? '').not.toContain(BROKEN)
    silent.mockRestore()
    read.mockRestore()
  })
})
