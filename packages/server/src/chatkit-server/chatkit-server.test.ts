import type { ThreadMetadata, UserMessageItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { Log } from '../base/log.js'
import { memoryStore } from '../storage/memory-store.js'
import { readEvents } from '../testing/read-events.js'
import { readError, readJson } from '../testing/read-json.js'
import { userText } from '../testing/user-text.js'
import { ChatKitServer } from './chatkit-server.js'
import { AgentError, AuthenticationError, ChatKitError, DatabaseError, ValidationError } from './errors.js'
import { JsonResult, StreamingResult } from './results.js'
import { streamText } from './stream-text.js'
import { textOf } from './text-of.js'

interface User {
  userId: string
}

const alice: User = { userId: 'alice' }
const store = () => memoryStore((context: User) => context.userId)
const create = (text = 'Hi') => ({ type: 'threads.create', params: { input: userText(text) } })
const post = (body: unknown, headers: Record<string, string> = {}) =>
  new Request('http://app.test/anywhere?x=1', { method: 'POST', headers, body: JSON.stringify(body) })

async function textFrom(result: StreamingResult | JsonResult): Promise<string> {
  return result.toResponse().text()
}

describe('A7: a ChatKit server', () => {
  it('needs a store and a respond function', async () => {
    const server = new ChatKitServer({
      store: store(),
      respond: (thread, input, { userId }: User) => streamText(thread, `${userId} wrote ${textOf(input)}`),
    })

    const result = await server.process(create('Hello'), alice)

    expect(result).toBeInstanceOf(StreamingResult)
    expect(await textFrom(result)).toContain('"text":"alice wrote Hello"')
  })

  it('may be a subclass whose methods and fields are its hooks', async () => {
    class Shop extends ChatKitServer<User> {
      greeting = 'Welcome'
      override async *respond(thread: ThreadMetadata, input: UserMessageItem | null) {
        thread.title = textOf(input)
        yield* streamText(thread, this.greeting)
      }
      override async syncAction() {
        return {}
      }
      override async transcribe() {
        return this.greeting
      }
      override getStreamOptions = () => ({ allow_cancel: this.greeting === 'never' })
    }
    const server = new Shop({ store: store() })

    const text = await textFrom(await server.process(create('Shoes'), alice))
    const said = await server.process(
      { type: 'input.transcribe', params: { audio_base64: 'AAAA', mime_type: 'audio/mp4' } },
      alice,
    )

    expect(text).toContain('"text":"Welcome"')
    expect(text).toContain('"allow_cancel":false')
    expect(text).toContain('"type":"thread.updated","thread":{"id"')
    expect(await textFrom(said)).toBe('{"text":"Welcome"}')
  })

  it('takes bodies as text, bytes and JSON', async () => {
    const server = new ChatKitServer({ store: store(), respond: (thread) => streamText(thread, 'Hello') })
    const list = { type: 'threads.list', params: {} }
    const text = JSON.stringify(list)

    for (const body of [list, text, new TextEncoder().encode(text)]) {
      const result = await server.process(body, alice)
      expect(result).toBeInstanceOf(JsonResult)
      expect(result.kind === 'json' && result.json).toBe('{"data":[],"has_more":false}')
    }
    await expect(server.process('nonsense', alice)).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(server.process({ type: 'threads.fly' }, alice)).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('streams its result as bytes of whole events; who stops reading has left', async () => {
    let aborted = false
    const server = new ChatKitServer<User>({
      store: store(),
      async *respond(thread, _input, _context, { signal }) {
        signal.addEventListener('abort', () => {
          aborted = true
        })
        yield* streamText(thread, endless())
      },
    })
    async function* endless() {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        yield 'word '
      }
    }

    const result = await server.process(create(), alice)
    const chunks: string[] = []
    if (result.kind === 'stream') {
      for await (const bytes of result) {
        chunks.push(new TextDecoder().decode(bytes))
        if (chunks.length > 3) break
      }
    }

    expect(chunks.every((chunk) => chunk.startsWith('data: ') && chunk.endsWith('\n\n'))).toBe(true)
    await expect.poll(() => aborted).toBe(true)
  })

  it('keeps the answer a hook decides to keep when the client leaves', async () => {
    const kept: unknown[] = []
    const server = new ChatKitServer<User>({
      store: store(),
      async *respond(thread, _input, _context, { signal }) {
        const events = streamText(thread, 'Half')
        for (let count = 0; count < 3; count += 1) {
          const { value } = await events.next()
          if (value) yield value
        }
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
      handleStreamCancelled: async (_thread, pending) => void kept.push(...pending),
    })

    const result = await server.process(create(), alice)
    if (result.kind === 'stream') {
      for await (const bytes of result) if (new TextDecoder().decode(bytes).includes('text_delta')) break
    }

    await expect.poll(() => kept).toMatchObject([{ type: 'assistant_message', content: [{ text: 'Half' }] }])
  })
})

describe('its fetch handler', () => {
  const server = new ChatKitServer<User>({ store: store(), respond: (thread) => streamText(thread, 'Hello') })
  const handler = server.handler(
    (request) => {
      const userId = request.headers.get('x-user')
      if (!userId) throw new AuthenticationError()
      return { userId }
    },
    { allowOrigin: (origin) => origin === 'https://shop.test', maxBodyBytes: 1000 },
  )

  it('answers wherever it is mounted', async () => {
    const events = await readEvents(await handler(post(create(), { 'x-user': 'alice' })))
    const list = await handler(post({ type: 'threads.list', params: {} }, { 'x-user': 'alice' }))
    const others = await handler(post({ type: 'threads.list', params: {} }, { 'x-user': 'bob' }))

    expect(events[0]?.type).toBe('thread.created')
    expect((await readJson<{ data: unknown[] }>(list)).data).toHaveLength(1)
    expect((await readJson<{ data: unknown[] }>(others)).data).toHaveLength(0)
  })

  it('answers everything else in JSON too', async () => {
    const wrongMethod = await handler(new Request('http://app.test/', { method: 'GET' }))
    const stranger = await handler(post(create()))
    const large = await handler(post(create('x'.repeat(1000)), { 'x-user': 'alice' }))

    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST'])
    expect([stranger.status, (await readError(stranger)).code]).toEqual([401, 'unauthorized'])
    expect([large.status, (await readError(large)).code]).toEqual([413, 'payload_too_large'])
  })

  it('lets the pages call that may', async () => {
    const preflight = (origin: string) =>
      handler(new Request('http://app.test/', { method: 'OPTIONS', headers: { origin } }))

    expect((await preflight('https://shop.test')).headers.get('access-control-allow-origin')).toBe('https://shop.test')
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('A12: typed errors', () => {
  it.each([
    [new AuthenticationError(), 401, 'unauthorized'],
    [new ValidationError('The quantity must be 1 or more.'), 400, 'invalid_request'],
    [new DatabaseError(), 503, 'unavailable'],
    [new AgentError(), 502, 'model_failed'],
    [new ChatKitError('The shop is closed.', { code: 'forbidden' }), 403, 'forbidden'],
  ])('%s become the JSON error of their kind before a stream is open', async (thrown, status, code) => {
    const failing = { ...store(), loadThreads: () => Promise.reject(thrown) }
    const handler = new ChatKitServer<User>({ store: failing }).handler(() => alice)

    const response = await handler(post({ type: 'threads.list', params: {} }))

    expect(response.status).toBe(status)
    expect(await readError(response)).toMatchObject({ code, message: thrown.message })
  })

  it('and any other failure says nothing of the inside, but is logged', async () => {
    const logged: unknown[] = []
    const quiet = () => undefined
    const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (_, details) => logged.push(details?.cause) }
    const failing = { ...store(), loadThreads: () => Promise.reject(new TypeError('secret')) }
    const handler = new ChatKitServer<User>({ store: failing, log }).handler(() => alice)

    const response = await handler(post({ type: 'threads.list', params: {} }))

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(logged).toEqual([expect.any(TypeError)])
  })

  it('are all ChatKit errors with their own name', () => {
    for (const made of [new AuthenticationError(), new ValidationError('x'), new DatabaseError(), new AgentError()]) {
      expect(made).toBeInstanceOf(ChatKitError)
      expect(made.name).toBe(made.constructor.name)
    }
  })
})
