import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { streamText } from '../../chatkit-server/stream-text.js'
import { listen } from '../../node/listen.js'
import { type TestParleyOptions, testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'

/** A real server on a port, and a client of its socket as `alice`. */
async function openSocket(options: TestParleyOptions = {}, search = '') {
  const parley = testParley({ respond: (thread) => streamText(thread, ['Hello', ' Ada']), ...options })
  const server = await listen(parley.handle, { port: 0, host: '127.0.0.1' }, parley.sockets)
  const client = new WebSocket(`${server.url.replace('http', 'ws')}/api/chatkit/ws${search}`, {
    headers: { 'x-test-user': 'alice' },
  })
  const messages: Record<string, unknown>[] = []
  const waiting: (() => void)[] = []
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
    const { send, until } = await openSocket({}, '?events=chatkit')

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
    const { client, server } = await openSocket()
    const closed = new Promise((resolve) => client.once('close', resolve))

    await server.close()

    expect(await closed).toBe(1001)
  })

  it('opens no other address', async () => {
    const { server } = await openSocket()
    const other = new WebSocket(`${server.url.replace('http', 'ws')}/api/other`)

    const error = await new Promise<Error>((resolve) => other.once('error', resolve))

    expect(error.message).toContain('404')
  })
})
