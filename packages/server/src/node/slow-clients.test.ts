import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunEvent, ThreadWithRun } from '@parley/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { streamText } from '../chatkit-server/stream-text.js'
import { delta } from '../testing/engine-fixture.js'
import { readEvents } from '../testing/read-events.js'
import { readJson } from '../testing/read-json.js'
import { type TestParleyOptions, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { listen, type Patience } from './listen.js'

const HEAD = 'POST /api/chatkit HTTP/1.1\r\nhost: parley\r\nx-test-user: alice\r\ncontent-type: application/json\r\n'
const OURS = 'parley-client: test\r\n'
const LIST = JSON.stringify({ type: 'threads.list', params: {} })
const LIST_REQUEST = `${HEAD}content-length: ${LIST.length}\r\n\r\n${LIST}`

/** A whole server on a port, and raw connections to it. */
async function serving(patience: Partial<Patience> = {}, options: TestParleyOptions = {}) {
  const parley = testParley({ respond: (thread) => streamText(thread, 'Hello'), ...options })
  const server = await listen(parley.handle, { port: 0, host: '127.0.0.1' }, parley.sockets, patience)
  const opened: Socket[] = []
  onTestFinished(async () => {
    for (const socket of opened) socket.destroy()
    await server.close()
    await parley.close()
  })
  const open = async (text = '') => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    opened.push(socket)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    if (text) socket.write(text)
    return socket
  }
  const list = () =>
    fetch(`${server.url}/api/chatkit`, {
      method: 'POST',
      body: LIST,
      headers: { 'x-test-user': 'alice', 'content-type': 'application/json' },
    })
  return { parley, server, open, list }
}

/** Everything that came until the server closed the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  await closed(socket)
  return text
}

/** Also when what was still being sent had nobody to take it any more, which `once` would call a failure. */
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    if (socket.closed) resolve()
    else socket.once('close', () => resolve())
  })

/** Sends a letter now and then, for as long as the server listens. */
function drip(socket: Socket, letter: string): void {
  const timer = setInterval(() => socket.writable && socket.write(letter), 5)
  socket.once('close', () => clearInterval(timer))
}

const jsonIn = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))

describe('a client that sends slowly', () => {
  it.each([
    ['says nothing', '', ''],
    ['sends its head a letter at a time', 'GET / HTTP/1.1\r\nx-slow: ', 'a'],
    ['sends header after header', 'GET / HTTP/1.1\r\n', 'a: b\r\n'],
  ])('is answered with 408 and cut when it %s for too long', async (_, start, more) => {
    const { open, list } = await serving({ headersMs: 1_000 })
    const socket = await open(start)
    if (more) drip(socket, more)

    const answer = await untilClosed(socket)

    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
    expect(jsonIn(answer)).toMatchObject({ error: { message: 'The request took too long to arrive.' } })
    expect((await list()).status).toBe(200)
  })

  it.each([
    ['of a declared length', 'content-length: 1000\r\n\r\n{', ' '],
    ['in chunks', 'transfer-encoding: chunked\r\n\r\n1\r\n{\r\n', '1\r\n \r\n'],
  ])('is cut when its body %s takes too long', async (_, start, more) => {
    const { open, list } = await serving({ headersMs: 1_000, requestMs: 1_000 })
    const socket = await open(HEAD + start)
    drip(socket, more)

    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /)
    expect((await list()).status).toBe(200)
  })

  it('is cut when it sends no further request on an open connection', async () => {
    const { open } = await serving({ idleMs: 100 })
    const socket = await open(LIST_REQUEST)

    expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })
})

describe('1,000 idle sockets', () => {
  it('keep nobody else from an answer, and are closed in their time', async () => {
    const { open, list, server } = await serving({ headersMs: 3_000, idleMs: 3_000 })
    // Some never send anything, some stop in the middle of a request, some have had their answer.
    const idle = Array.from({ length: 1_000 }, (_, index) => open(['', HEAD, LIST_REQUEST][index % 3]))
    const sockets = await Promise.all(idle)
    for (const socket of sockets) socket.resume()
    const ends = sockets.map(closed)

    const answers = await Promise.all([list(), list(), list()])

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await Promise.all(ends)
    await expect.poll(() => server.connections()).toBeLessThan(10)
  })
})

const PAGE = 'x'.repeat(250_000)
/** More than a connection holds on its way. */
const PAGES = 80

/** An app that writes many pages, and the last one when it is told to. */
function longAnswer() {
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const respond: TestParleyOptions['respond'] = async function* (thread) {
    const item = {
      id: 'msg_1',
      thread_id: thread.id,
      created_at: thread.created_at,
      type: 'assistant_message' as const,
    }
    yield { type: 'thread.item.added', item: { ...item, content: [] } } satisfies RunEvent
    for (let page = 0; page < PAGES; page += 1) {
      yield delta('msg_1', PAGE)
      await nextTurn()
    }
    await finished
    yield delta('msg_1', 'The end')
    yield {
      type: 'thread.item.done',
      item: { ...item, content: [{ type: 'output_text', text: `${PAGE.repeat(PAGES)}The end`, annotations: [] }] },
    } satisfies RunEvent
  }
  return { finish, respond }
}

const CREATE = JSON.stringify({ type: 'threads.create', params: { input: userText('Hi') } })

describe('a client that does not read', () => {
  it('is cut, and its answer goes on: it reads on later from where it was', async () => {
    const { finish, respond } = longAnswer()
    const { open, parley, server } = await serving({ stalledMs: 200 }, { respond })
    const socket = await open(`${HEAD}${OURS}content-length: ${CREATE.length}\r\n\r\n${CREATE}`)
    let threadId: string | undefined
    for (let seen = ''; !threadId; threadId = /"thread":\{"id":"(\w+)"/.exec(seen)?.[1])
      seen += String((await once(socket, 'data'))[0])
    socket.pause()

    await expect.poll(() => server.connections()).toBe(0)
    finish()

    const { run } = await readJson<ThreadWithRun>(
      await parley.send('threads.get_by_id', { thread_id: threadId }, { ours: true }),
    )
    const resumed = await parley.send('runs.resume', { thread_id: threadId, run_id: run?.id, after: 1 }, { ours: true })
    const events = await readEvents(resumed)
    const length = events.reduce((sum, event) => sum + ('update' in event ? Object(event.update).delta.length : 0), 0)
    expect(length).toBe(PAGES * PAGE.length + 'The end'.length)
    expect(events.at(-1)).toMatchObject({ type: 'run.ended', status: 'completed' })
  })

  it('is cut also over a WebSocket', async () => {
    const { finish, respond } = longAnswer()
    const { server } = await serving({ stalledMs: 200 }, { respond })
    const client = new WebSocket(`${server.url.replace('http', 'ws')}/api/chatkit/ws`, {
      headers: { 'x-test-user': 'alice' },
    })
    client.on('error', () => undefined)
    await once(client, 'open')
    client.send(CREATE)
    await once(client, 'message')
    client.pause()

    await expect.poll(() => server.connections()).toBe(0)
    finish()
    client.terminate()
  })

  it('is cut when it asks for signs of life and takes none of them', async () => {
    const { server } = await serving()
    const client = new WebSocket(`${server.url.replace('http', 'ws')}/api/chatkit/ws`, {
      headers: { 'x-test-user': 'alice' },
    })
    client.on('error', () => undefined)
    await once(client, 'open')
    client.pause()
    const flood = setInterval(() => {
      for (let ping = 0; ping < 10_000; ping += 1) client.ping('x'.repeat(125))
    }, 1)
    onTestFinished(() => {
      clearInterval(flood)
      client.terminate()
    })

    await expect.poll(() => server.connections()).toBe(0)
  })
})

/** Sends chunks of unknown number, and reads the answer while it does. */
function sendChunks(url: string, headers: Record<string, string>, chunks: Iterable<string>): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST', headers }, async (response: IncomingMessage) => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve([response.statusCode ?? 0, text])
    })
    sent.on('error', reject)
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
  })
}

describe('a body that is too large', () => {
  const headers = { 'x-test-user': 'alice', 'content-type': 'application/json' }
  const megabytes = (count: number) => Array<string>(count).fill(' '.repeat(1_048_576))

  it.each([
    ['its declared length', { 'content-length': String(3 * 1_048_576) }],
    ['what came without a length', {}],
  ])('is refused by %s, in an answer that names the limit', async (_, length) => {
    const { server, list } = await serving()

    const [status, text] = await sendChunks(
      `${server.url}/api/chatkit`,
      { ...headers, ...length } as Record<string, string>,
      megabytes(3),
    )

    expect(status).toBe(413)
    expect(JSON.parse(text)).toMatchObject({ error: { message: expect.stringContaining('2097152 bytes') } })
    expect((await list()).status).toBe(200)
  })

  it('is refused as a head of more than 16 KB, in an answer that names the limit', async () => {
    const { open } = await serving()
    const answer = await untilClosed(await open(`GET / HTTP/1.1\r\nhost: parley\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`))

    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(jsonIn(answer)).toMatchObject({ error: { message: expect.stringContaining('16 KB') } })
  })
})
