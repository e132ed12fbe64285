import type { RunEvent, ThreadItem, ThreadMetadata, ThreadWithRun } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../app/caller.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { CustomStreamError, StreamError } from '../../runnable/stream-errors.js'
import { readEvents, streamEvents } from '../../testing/read-events.js'
import { readJson } from '../../testing/read-json.js'
import { steeredApp } from '../../testing/steered-app.js'
import { type TestRequest, testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'
import { begin, CREATED_AT, done, itemsOf, say, types } from './streams.fixture.js'

describe('the order of a stream', () => {
  it('starts a new thread with the thread, the message and the options', async () => {
    const { events } = await begin(testParley({ respond: say('Hello') }))

    expect(types(events)).toEqual([
      'thread.created',
      'thread.item.done',
      'stream_options',
      'thread.item.added',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.done',
    ])
  })

  it('goes on with a thread from the message', async () => {
    const parley = testParley({ respond: say('Hello') })
    const { threadId } = await begin(parley)

    const more = { thread_id: threadId, input: userText('More') }
    const events = await readEvents(await parley.send('threads.add_user_message', more))

    expect(types(events).slice(0, 3)).toEqual(['thread.item.done', 'stream_options', 'thread.item.added'])
  })

  it('asks the server once what the client may do with the stream', async () => {
    const { events } = await begin(
      testParley({ respond: say('Hello'), getStreamOptions: () => ({ allow_cancel: false }) }),
    )

    expect(events.filter(({ type }) => type === 'stream_options')).toEqual([
      { type: 'stream_options', stream_options: { allow_cancel: false } },
    ])
  })

  it('tells of a changed thread right after the event in which it changed, and at the end', async () => {
    const parley = testParley({
      async *respond(thread) {
        thread.title = 'Greeting'
        yield { type: 'progress_update', text: 'Working' }
        thread.metadata = { step: 2 }
      },
    })

    const { events, threadId } = await begin(parley)

    expect(types(events).slice(3)).toEqual(['progress_update', 'thread.updated', 'thread.updated'])
    expect(events[4]).toMatchObject({ thread: { title: 'Greeting', metadata: {}, items: { data: [] } } })
    expect(await (await parley.send('threads.get_by_id', { thread_id: threadId })).json()).toMatchObject({
      title: 'Greeting',
      metadata: {},
    })
  })
})

describe('what is stored', () => {
  it('can be read back as soon as its event was seen', async () => {
    const app = steeredApp<Caller>()
    const parley = testParley({ app })
    const events = streamEvents(await parley.send('threads.create', { input: userText('Hi') }))
    const next = async () => (await events.next()).value
    const created = await next()
    const threadId = created?.type === 'thread.created' ? created.thread.id : ''

    expect(await next()).toMatchObject({ type: 'thread.item.done' })
    expect(await itemsOf(parley, threadId)).toMatchObject([{ type: 'user_message' }])

    await next()
    const { thread } = await app.started
    app.emit(done({ type: 'end_of_turn' }, thread))
    expect(await next()).toMatchObject({ type: 'thread.item.done' })
    expect(await itemsOf(parley, threadId)).toMatchObject([{ type: 'user_message' }, { type: 'end_of_turn' }])

    app.end()
    expect((await events.next()).done).toBe(true)
  })

  it('is what was done, replaced and not removed', async () => {
    const parley = testParley({
      async *respond(thread) {
        yield done({ id: 'gone', type: 'end_of_turn' }, thread)
        yield done({ id: 'kept', type: 'task', task: { type: 'custom', status_indicator: 'none', title: 'a' } }, thread)
        yield { type: 'thread.item.removed', item_id: 'gone' }
        const item = { id: 'kept', thread_id: thread.id, created_at: CREATED_AT, type: 'end_of_turn' as const }
        yield { type: 'thread.item.replaced', item }
      },
    })

    const { threadId, events } = await begin(parley)

    expect(types(events).slice(3)).toEqual([
      'thread.item.done',
      'thread.item.done',
      'thread.item.removed',
      'thread.item.replaced',
    ])
    expect(await itemsOf(parley, threadId)).toMatchObject([
      { type: 'user_message' },
      { id: 'kept', type: 'end_of_turn' },
    ])
  })

  it('may be for the model alone: then the app reads it and no client ever does', async () => {
    let seenByApp: ThreadItem[] = []
    const parley = testParley({
      async *respond(thread, _input, _context, run) {
        const hidden = { type: 'hidden_context_item', content: 'secret' }
        yield { ...done({ ...hidden, id: 'h1' }, thread), type: 'thread.item.added' } as RunEvent
        yield done({ ...hidden, id: 'h1' }, thread)
        seenByApp = (await run.loadItems({ limit: 10, order: 'asc' })).data
      },
    })

    const { threadId, events } = await begin(parley, { ours: true })

    expect(JSON.stringify(events)).not.toContain('secret')
    expect(JSON.stringify(await itemsOf(parley, threadId))).not.toContain('secret')
    expect(seenByApp).toMatchObject([{ type: 'user_message' }, { id: 'h1', content: 'secret' }])
  })
})

describe('a run that fails', () => {
  it.each([
    [
      'with words for the person',
      new CustomStreamError('Out of stock.', true),
      { code: 'custom', message: 'Out of stock.', allow_retry: true },
    ],
    ['with a code', new StreamError('stream.error'), { code: 'stream.error', allow_retry: true }],
    ['with an unknown code', new StreamError('quota'), { code: 'quota', allow_retry: false }],
    ['by a mistake', new TypeError('secret'), { code: 'stream.error', allow_retry: true }],
  ])('%s ends in one error event, keeps what was done and stays silent about the inside', async (_, thrown, error) => {
    const parley = testParley({
      async *respond(thread) {
        yield* streamText(thread, 'Half')
        throw thrown
      },
    })

    const { events, threadId } = await begin(parley)

    expect(events.at(-1)).toEqual({ type: 'error', ...error })
    expect(JSON.stringify(events)).not.toContain('secret')
    expect(await itemsOf(parley, threadId)).toMatchObject([{ type: 'user_message' }, { type: 'assistant_message' }])
  })
})

describe('a connection that closes in mid-answer', () => {
  async function leaveAfterText(request: TestRequest) {
    const app = steeredApp<Caller>()
    const parley = testParley({ app })
    const events = streamEvents(await parley.send('threads.create', { input: userText('Hi') }, request))
    const { thread, signal } = await app.started
    app.emit(...(await openMessage(thread)))
    for await (const event of events) if (JSON.stringify(event).includes('text_delta')) break
    return { app, parley, thread, signal }
  }

  /** The first events of an answer that has not ended. */
  async function openMessage(thread: ThreadMetadata): Promise<RunEvent[]> {
    const events: RunEvent[] = []
    for await (const event of streamText(thread, 'Half an ans')) events.push(event)
    return events.slice(0, 3)
  }

  it('is the stop button of a foreign client: the text so far is kept', async () => {
    const { parley, thread, signal } = await leaveAfterText({})

    await expect
      .poll(() => itemsOf(parley, thread.id))
      .toMatchObject([{ type: 'user_message' }, { content: [{ text: 'Half an ans' }] }])
    expect(signal.aborted).toBe(true)
  })

  it('says nothing when the client is able to come back: it resumes where it was', async () => {
    const { app, parley, thread, signal } = await leaveAfterText({ ours: true })
    expect(signal.aborted).toBe(false)

    const latest = await parley.send('threads.get_by_id', { thread_id: thread.id }, { ours: true })
    const { run } = await readJson<ThreadWithRun>(latest)
    expect(run).toMatchObject({ status: 'running' })
    const resumed = await parley.send(
      'runs.resume',
      { thread_id: thread.id, run_id: run?.id, after: 4 },
      { ours: true },
    )
    app.emit(done({ id: 'last', type: 'end_of_turn' }, thread))
    app.end()
    const text = await resumed.text()

    expect(text).toMatch(/^id: 5\n/)
    expect(text).toContain('"delta":"Half an ans"')
    expect(text).toContain('"status":"completed"')
  })

  it('leaves the stop button of our own client: runs.cancel', async () => {
    const { parley, thread, signal } = await leaveAfterText({ ours: true })

    const cancelled = await parley.send('runs.cancel', { thread_id: thread.id })

    expect(await cancelled.json()).toEqual({ cancelled: true })
    expect(signal.aborted).toBe(true)
    expect(await itemsOf(parley, thread.id)).toMatchObject([{ type: 'user_message' }, { type: 'assistant_message' }])
    expect(await (await parley.send('runs.cancel', { thread_id: thread.id })).json()).toEqual({ cancelled: false })
  })
})
