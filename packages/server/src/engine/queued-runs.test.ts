import { describe, expect, it } from 'vitest'
import { busyThread } from '../testing/busy-thread.js'
import {
  ALICE,
  answer,
  readEvents,
  storedItems,
  type TestEngine,
  testEngine,
  textOf,
  userText,
} from '../testing/engine-fixture.js'

const queue = ({ engine }: TestEngine, threadId: string, text: string) =>
  engine.addUserMessage(answer(`to ${text}`), threadId, userText(text), { whenBusy: 'enqueue' })

const statusOf = async ({ engine }: TestEngine, threadId: string, runId: string) =>
  (await engine.readRun(answer(''), threadId, runId)).status

describe('a queued run', () => {
  it('is answered with at once, begins in its turn, and is then the thread’s newest', async () => {
    const test = testEngine()
    const { threadId, runId, finish } = await busyThread(test)

    const two = await queue(test, threadId, 'Two')
    const three = await queue(test, threadId, 'Three')

    expect(two.run.isQueued).toBe(true)
    expect(await statusOf(test, threadId, two.run.id)).toBe('queued')
    expect((await test.engine.readThread(answer(''), threadId)).run?.id).toBe(runId)
    finish()
    expect((await readEvents(three)).at(-1)).toMatchObject({ type: 'run.ended', status: 'completed' })
    expect((await readEvents(two))[0]).toMatchObject({ type: 'run.started', run_id: two.run.id })
    expect((await storedItems(test, threadId)).map(textOf)).toEqual([
      'One',
      'Before',
      'Half and half',
      'Two',
      'to Two',
      'Three',
      'to Three',
    ])
    expect((await test.store.loadLatestRun(threadId, ALICE))?.id).toBe(three.run.id)
  })

  it('can be read by whoever comes later, and is found again by its request', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)
    const start = () =>
      test.engine.addUserMessage(answer('to Two'), threadId, userText('Two'), { whenBusy: 'enqueue', requestId: 'r1' })
    const first = await start()

    const joined = readEvents(await test.engine.resumeRun(answer(''), threadId, { runId: first.run.id }))
    const again = await start()
    finish()

    expect(again.run.id).toBe(first.run.id)
    expect((await joined).at(-1)).toMatchObject({ status: 'completed' })
    expect((await readEvents(again)).at(-1)).toMatchObject({ status: 'completed' })
  })

  it('is stopped before its turn: nothing of it stays, and those behind it begin', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)
    const two = await queue(test, threadId, 'Two')
    const three = await queue(test, threadId, 'Three')

    expect(await test.engine.cancelRun(answer(''), threadId, { runId: two.run.id })).toEqual({ cancelled: true })
    expect(await readEvents(two)).toMatchObject([{ type: 'run.ended', status: 'cancelled' }])
    finish()
    await readEvents(three)

    expect(await statusOf(test, threadId, two.run.id)).toBe('cancelled')
    expect((await storedItems(test, threadId)).map(textOf)).toEqual([
      'One',
      'Before',
      'Half and half',
      'Three',
      'to Three',
    ])
  })

  it('is stopped by its only reader’s leaving, and by its thread’s end', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)
    const two = await queue(test, threadId, 'Two')
    const three = await queue(test, threadId, 'Three')

    two.leave({ canReturn: false })
    await readEvents(two)
    expect(await statusOf(test, threadId, two.run.id)).toBe('cancelled')
    await test.engine.deleteThread(answer(''), threadId)

    expect((await readEvents(three)).at(-1)).toMatchObject({ status: 'cancelled' })
    finish()
  })

  it('that cannot begin fails, and says why', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)
    const items = await storedItems(test, threadId)
    const two = await test.engine.retryAfterItem(answer('again'), threadId, items[0]?.id ?? '', { whenBusy: 'enqueue' })

    await test.store.deleteThreadItem(threadId, items[0]?.id ?? '', ALICE)
    finish()

    expect(await readEvents(two)).toMatchObject([
      { type: 'error', code: 'custom', message: 'There is no such item in this thread.' },
      { type: 'run.ended', status: 'failed' },
    ])
  })

  it('is refused at once when it could never begin', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)

    const start = test.engine.addUserMessage(answer('x'), threadId, userText('x', ['atc_no']), { whenBusy: 'enqueue' })

    await expect(start).rejects.toMatchObject({ code: 'attachment_not_found' })
    finish()
  })

  it('keeps what was said when the server stops, so that it can be answered later', async () => {
    const test = testEngine()
    const { threadId } = await busyThread(test)
    const two = await queue(test, threadId, 'Two')

    await test.engine.close()

    expect((await readEvents(two)).at(-1)).toMatchObject({ status: 'interrupted' })
    expect((await storedItems(test, threadId)).map(textOf)).toEqual(['One', 'Before', 'Half', 'Two'])
  })
})

describe('a delayed run', () => {
  const later = (test: TestEngine, threadId: string, options = {}) =>
    test.engine.addUserMessage(answer('to Two'), threadId, userText('Two'), { delayMs: 60_000, ...options })

  it('begins when its time has come, and holds nobody up until then', async () => {
    const test = testEngine()
    const opened = await test.engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(opened)
    const { threadId } = opened.run

    const two = await later(test, threadId)
    test.clock.advance(59_000)
    await readEvents(await queue(test, threadId, 'Three'))
    expect(await statusOf(test, threadId, two.run.id)).toBe('queued')
    test.clock.advance(1000)
    await readEvents(two)

    expect((await storedItems(test, threadId)).map(textOf)).toEqual([
      'Hi',
      'Hello',
      'Three',
      'to Three',
      'Two',
      'to Two',
    ])
  })

  it('is refused on a busy thread with `reject`, and waits for its turn when the thread is busy by then', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)

    await expect(later(test, threadId, { whenBusy: 'reject' })).rejects.toMatchObject({ code: 'thread_busy' })
    const two = await later(test, threadId, { whenBusy: 'enqueue' })
    test.clock.advance(60_000)
    finish()
    await readEvents(two)

    expect((await storedItems(test, threadId)).map(textOf)).toEqual(['One', 'Before', 'Half and half', 'Two', 'to Two'])
  })

  it('goes with a thread that was made for it, when it is stopped', async () => {
    const test = testEngine()
    const { thread } = await test.engine.createThread(answer(''), {})
    const two = await later(test, thread.id, { passing: true })

    await test.engine.cancelRun(answer(''), thread.id, { runId: two.run.id })

    await expect(test.engine.readThread(answer(''), thread.id)).rejects.toMatchObject({ code: 'thread_not_found' })
  })
})
