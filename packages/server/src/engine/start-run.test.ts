import { describe, expect, it } from 'vitest'
import {
  ALICE,
  added,
  answer,
  BOB,
  callTo,
  deferred,
  delta,
  done,
  message,
  readEntries,
  readEvents,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

describe('startThread', () => {
  it('shows the run, the thread, the message and the options, then the answer as it is written, then the end', async () => {
    const { engine } = testEngine()

    const stream = await engine.startThread(answer('Hello'), userText('Hi'))

    expect(typesOf(await readEvents(stream))).toEqual([
      'run.started',
      'thread.created',
      'thread.item.done user_message',
      'stream_options',
      'thread.item.added assistant_message',
      'thread.item.updated',
      'thread.item.done assistant_message',
      'run.ended',
    ])
  })

  it('numbers the events from 1 without gaps', async () => {
    const { engine } = testEngine()

    const entries = await readEntries(await engine.startThread(answer('Hello'), userText('Hi')))

    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('stores the message and the answer', async () => {
    const test = testEngine()

    const stream = await test.engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(stream)

    const items = await storedItems(test, stream.run.threadId)
    expect(items.map(textOf)).toEqual(['Hi', 'Hello'])
  })

  it('writes three times for an answer of a thousand tokens', async () => {
    const { engine, writes } = testEngine()
    const call = callTo(async function* (context) {
      yield added(message(context, 'msg_1'))
      for (let token = 0; token < 1000; token += 1) yield delta('msg_1', 'x')
      yield done(message(context, 'msg_1', 'x'.repeat(1000)))
    })

    await readEvents(await engine.startThread(call, userText('Hi')))

    expect(writes).toEqual(['startRun', 'addThreadItem', 'endRun'])
  })
})

describe('a start', () => {
  it('stores nothing and opens no stream when an attachment is unknown', async () => {
    const { engine, writes } = testEngine()

    const start = engine.startThread(answer('Hello'), userText('Hi', ['atc_unknown']))

    await expect(start).rejects.toMatchObject({ code: 'attachment_not_found' })
    expect(writes).toEqual([])
  })

  it('gives attachments to the thread and shows them without the server’s own notes', async () => {
    const { engine, store } = testEngine()
    const file = {
      type: 'file',
      id: 'atc_1',
      name: 'a.txt',
      mime_type: 'text/plain',
      metadata: { path: '/secret' },
    } as const
    await store.saveAttachment(file, ALICE)

    const stream = await engine.startThread(answer('Hello'), userText('Hi', ['atc_1']))
    const events = await readEvents(stream)

    expect(await store.loadAttachment('atc_1', ALICE)).toEqual({ ...file, thread_id: stream.run.threadId })
    expect(events[2]).toMatchObject({ item: { attachments: [{ id: 'atc_1', thread_id: stream.run.threadId }] } })
    expect(JSON.stringify(events)).not.toContain('/secret')
  })

  it('on a thread of somebody else looks like one on a thread that does not exist', async () => {
    const { engine } = testEngine()
    const stream = await engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(stream)

    const send = (call: ReturnType<typeof answer>, threadId: string) =>
      engine.addUserMessage(call, threadId, userText('Hi'))

    await expect(send({ ...answer('x'), context: BOB }, stream.run.threadId)).rejects.toMatchObject({
      code: 'thread_not_found',
    })
    await expect(send(answer('x'), 'thr_unknown')).rejects.toMatchObject({ code: 'thread_not_found' })
  })

  it('sends the stream options the app has chosen', async () => {
    const { engine } = testEngine()
    const call = callTo(answer('Hello').app.run, { streamOptions: () => ({ allow_cancel: false }) })

    const events = await readEvents(await engine.startThread(call, userText('Hi')))

    expect(events[3]).toEqual({ type: 'stream_options', stream_options: { allow_cancel: false } })
  })

  it('hands the app the stored message and the thread', async () => {
    const { engine } = testEngine()
    let seen: unknown
    const call = callTo(async function* ({ trigger, thread, loadItems }) {
      const { data } = await loadItems({ limit: 10, order: 'asc' })
      seen = {
        type: trigger.type,
        same: 'item' in trigger && trigger.item?.id === data[0]?.id,
        count: data.length,
        status: thread.status,
      }
      yield* []
    })

    await readEvents(await engine.startThread(call, userText('Hi')))

    expect(seen).toEqual({ type: 'user_message', same: true, count: 1, status: { type: 'active' } })
  })

  it('adds up the tokens the app reports in the run’s record', async () => {
    const { engine, store } = testEngine()
    const usage = { input_tokens: 5, output_tokens: 7, total_tokens: 12, requests: 1 }
    const call = callTo(async function* ({ run }) {
      yield { type: 'run.usage', run_id: run.id, usage }
    })

    const stream = await engine.startThread(call, userText('Hi'))
    const last = (await readEntries(stream)).at(-1)

    expect(await store.loadRun(stream.run.id, ALICE)).toMatchObject({
      status: 'completed',
      usage,
      last_sequence: last?.sequence,
    })
  })

  it('keeps an answer the app forgot to finish: somebody has read it', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield added(message(context, 'msg_1'))
      yield delta('msg_1', 'Hello')
    })

    const stream = await test.engine.startThread(call, userText('Hi'))

    expect(typesOf(await readEvents(stream)).slice(-2)).toEqual(['thread.item.done assistant_message', 'run.ended'])
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Hello'])
  })
})

describe('the same request again', () => {
  it('reads the run it started, from the first event, and adds nothing', async () => {
    const test = testEngine()
    const first = await test.engine.startThread(answer('Hello'), userText('Hi'), { requestId: 'req_1' })
    const seen = await readEntries(first)

    const again = await test.engine.startThread(answer('Hello'), userText('Hi'), { requestId: 'req_1' })

    expect(again.run).toEqual(first.run)
    expect(await readEntries(again)).toEqual(seen)
    expect(await storedItems(test, first.run.threadId)).toHaveLength(2)
  })

  it('follows the run while it goes on, and does not interrupt it', async () => {
    const { engine } = testEngine()
    const goOn = deferred()
    const opened = await engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(opened)
    const call = callTo(async function* (context) {
      await goOn.promise
      yield done(message(context, 'msg_2', 'Second'))
    })
    const send = () => engine.addUserMessage(call, opened.run.threadId, userText('More'), { requestId: 'req_2' })

    const [one, other] = [await send(), await send()]
    goOn.resolve()

    const [events, same] = await Promise.all([readEvents(one), readEvents(other)])
    expect(same).toEqual(events)
    expect(events.at(-1)).toMatchObject({ status: 'completed' })
  })

  it('at the same moment starts one run', async () => {
    const test = testEngine()
    const opened = await test.engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(opened)
    const send = () =>
      test.engine.addUserMessage(answer('x'), opened.run.threadId, userText('More'), { requestId: 'req_2' })

    const [one, other] = await Promise.all([send(), send()])
    await Promise.all([readEvents(one), readEvents(other)])

    expect(one.run.id).toBe(other.run.id)
    expect(await storedItems(test, opened.run.threadId)).toHaveLength(4)
  })

  it('shows what is stored once the log is gone', async () => {
    const { engine, clock } = testEngine()
    await readEvents(await engine.startThread(answer('Hello'), userText('Hi'), { requestId: 'req_1' }))
    clock.advance(60_000)

    const again = await engine.startThread(answer('Other'), userText('Hi'), { requestId: 'req_1' })

    const texts = (await readEvents(again)).flatMap((event) => ('item' in event ? [textOf(event.item)] : []))
    expect(texts).toEqual(['Hi', 'Hello'])
  })

  it('of somebody else on this thread shows nothing', async () => {
    const { engine } = testEngine()
    const opened = await engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(opened)
    const send = (call: ReturnType<typeof answer>) =>
      engine.addUserMessage(call, opened.run.threadId, userText('More'), { requestId: 'req_2' })
    await readEvents(await send(answer('Secret')))

    await expect(send({ ...answer(''), context: BOB })).rejects.toMatchObject({ code: 'thread_not_found' })
  })

  it('of another person is another request', async () => {
    const { engine } = testEngine()
    const first = await engine.startThread(answer('Hello'), userText('Hi'), { requestId: 'req_1' })
    await readEvents(first)

    const other = await engine.startThread({ ...answer('Hello'), context: BOB }, userText('Hi'), { requestId: 'req_1' })
    await readEvents(other)

    expect(other.run.id).not.toBe(first.run.id)
  })
})

describe('a start the store refuses', () => {
  it('fails as a whole and leaves the thread free', async () => {
    const { store } = testEngine()
    let full = false
    const refusing: typeof store = {
      ...store,
      startRun: (...start) => (full ? Promise.reject(new Error('disk full')) : store.startRun(...start)),
    }
    const { engine } = testEngine({ store: refusing })
    const opened = await engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(opened)
    const send = () => engine.addUserMessage(answer('x'), opened.run.threadId, userText('More'), { whenBusy: 'reject' })

    full = true
    await expect(send()).rejects.toThrow('disk full')
    full = false

    expect((await readEvents(await send())).at(-1)).toMatchObject({ status: 'completed' })
    await engine.close()
  })
})
