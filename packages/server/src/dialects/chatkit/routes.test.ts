import type { Page, Thread } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { runnableOf } from '../../chatkit-server/hooks.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { readEvents } from '../../testing/read-events.js'
import { readError, readJson } from '../../testing/read-json.js'
import { testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'

const say = (text: string) => runnableOf({ respond: (thread) => streamText(thread, text) })

describe('A1, A3, A4: the one endpoint', () => {
  it('talks to the default app, and to any other by its id', async () => {
    const parley = testParley({ apps: { first: say('one'), second: say('two') } })
    const body = { type: 'threads.create', params: { input: userText('Hi') } }
    const answerAt = async (path: string) => JSON.stringify(await readEvents(await parley.fetch(path, body)))

    expect(await answerAt('/api/chatkit')).toContain('"delta":"one"')
    expect(await answerAt('/api/chatkit/second')).toContain('"delta":"two"')
  })

  it('keeps the threads of two apps apart', async () => {
    const parley = testParley({ apps: { first: say('one'), second: say('two') } })
    await readEvents(await parley.send('threads.create', { input: userText('Hi') }))

    const list = await parley.fetch('/api/chatkit/second', { type: 'threads.list', params: {} })

    expect(await readJson(list)).toEqual({ data: [], has_more: false })
  })

  it('answers 404 for an app that does not exist', async () => {
    const response = await testParley({ app: say('x') }).fetch('/api/chatkit/nobody', {
      type: 'threads.list',
      params: {},
    })

    expect(response.status).toBe(404)
    expect(await readError(response)).toMatchObject({ type: 'not_found_error', code: 'app_not_found' })
  })

  it('takes a message as a person types it after curl -d, and goes on with its thread', async () => {
    const parley = testParley({ app: say('Hello') })

    const [created] = await readEvents(await parley.fetch('/api/chatkit', { type: 'message', content: 'Hi' }))
    const thread_id = created?.type === 'thread.created' && created.thread.id
    const events = await readEvents(
      await parley.fetch('/api/chatkit', { type: 'message', content: 'Again', thread_id }),
    )

    expect(events[0]).toMatchObject({ type: 'thread.item.done', item: { thread_id, type: 'user_message' } })
  })

  it('refuses a caller it does not know before it looks at the body', async () => {
    const response = await testParley({ app: say('x') }).fetch('/api/chatkit', 'not even JSON', { as: null })

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await readError(response)).toMatchObject({ type: 'authentication_error', code: 'unauthorized' })
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('explains itself to %s', async (method) => {
    const response = await testParley({ app: say('x') }).fetch('/api/chatkit', undefined, { method })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect((await readError(response)).message).toContain('Send POST with a JSON body')
  })

  it.each([
    ['POST', '/session'],
    ['POST', '/refresh'],
    ['GET', '/threads'],
    ['POST', '/threads'],
    ['DELETE', '/threads/thr_1'],
    ['GET', '/threads/thr_1/items'],
  ])('is all there is: %s %s answers 404 and says so', async (method, below) => {
    const response = await testParley({ app: say('x') }).fetch(`/api/chatkit${below}`, undefined, { method })

    expect(response.status).toBe(404)
    expect((await readError(response)).message).toBe(
      `/api/chatkit${below} does not exist: every operation goes through POST /api/chatkit.`,
    )
  })

  it('lets the frame of another origin call it', async () => {
    const response = await testParley({ app: say('x') }).fetch('/api/chatkit', undefined, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.test', 'access-control-request-headers': 'chatkit-frame-instance-id' },
    })

    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toBe('chatkit-frame-instance-id')
  })
})

describe('A5: GET /api/chatkit/health', () => {
  it('answers anybody', async () => {
    const response = await testParley({ app: say('x') }).fetch('/api/chatkit/health', undefined, { as: null })

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      openai_key_configured: false,
      session_endpoint_available: false,
      store_implemented: true,
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })
})

describe('an idempotency key', () => {
  it('makes a repeated message one message', async () => {
    const parley = testParley({ app: say('Hello') })
    const send = async () => {
      const headers = { 'idempotency-key': 'k-1' }
      return readEvents(await parley.send('threads.create', { input: userText('Hi') }, { headers }))
    }

    const [first, second] = [await send(), await send()]
    const threads = await readJson<Page<Thread>>(await parley.send('threads.list', {}))

    expect(second).toEqual(first)
    expect(threads.data).toHaveLength(1)
  })

  it('that cannot be stored is refused', async () => {
    const headers = { 'idempotency-key': 'x'.repeat(300) }
    const response = await testParley({ app: say('x') }).send('threads.list', {}, { headers })

    expect(response.status).toBe(400)
    expect((await readError(response)).message).toContain('idempotency-key')
  })
})
