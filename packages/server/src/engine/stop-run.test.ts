import type { RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { RunContext } from '../runnable/runnable.js'
import {
  ALICE,
  added,
  BOB,
  callTo,
  deferred,
  delta,
  done,
  message,
  type Person,
  readEvents,
  readUntil,
  storedItems,
  testEngine,
  textOf,
  toolCall,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

/** Writes half an answer and falls silent, whatever its signal says. */
async function* halfAnAnswer(context: RunContext<Person>): AsyncGenerator<RunEvent> {
  yield added(message(context, 'msg_1'))
  yield delta('msg_1', 'Half an ans')
  await new Promise(() => undefined)
}

describe('cancelRun', () => {
  it('keeps the text received so far under its id, and adds a note for the model', async () => {
    const test = testEngine()
    const call = callTo(halfAnAnswer)
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')

    expect(await test.engine.cancelRun(call, stream.run.threadId)).toEqual({ cancelled: true })

    const items = await storedItems(test, stream.run.threadId)
    expect(items.map(({ type }) => type)).toEqual(['user_message', 'assistant_message', 'sdk_hidden_context'])
    expect(items[1]).toMatchObject({ id: 'msg_1' })
    expect(textOf(items[1])).toBe('Half an ans')
    expect(items[2]?.id).toMatch(/^shcx_/)
  })

  it('shows other readers the partial message, then the end', async () => {
    const { engine } = testEngine()
    const call = callTo(halfAnAnswer)
    const stream = await engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')
    const other = await engine.resumeRun(call, stream.run.threadId, {})

    await engine.cancelRun(call, stream.run.threadId)

    const events = await readEvents(other)
    expect(typesOf(events).slice(-2)).toEqual(['thread.item.done assistant_message', 'run.ended'])
    expect(events.at(-1)).toMatchObject({ status: 'cancelled' })
  })

  it('drops pending items that are no readable answers', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield added(message(context, 'blank', ' \n '))
      yield added({
        ...message(context, 'wf_1'),
        type: 'workflow',
        workflow: { type: 'custom', tasks: [], expanded: false },
      } as never)
      await new Promise(() => undefined)
    })
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.added')

    await test.engine.cancelRun(call, stream.run.threadId)

    const items = await storedItems(test, stream.run.threadId)
    expect(items.map(({ type }) => type)).toEqual(['user_message', 'sdk_hidden_context'])
  })

  it('tells the app through its signal and runs its clean-up', async () => {
    const { engine } = testEngine()
    const cleanedUp = deferred()
    const call = callTo(async function* ({ signal }) {
      try {
        yield { type: 'progress_update', text: 'working' }
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
      } finally {
        cleanedUp.resolve()
      }
    })
    const stream = await engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'progress_update')

    await engine.cancelRun(call, stream.run.threadId)

    await cleanedUp.promise
    expect((await readEvents(await engine.resumeRun(call, stream.run.threadId, {}))).at(-1)).toMatchObject({
      status: 'cancelled',
    })
  })

  it('stores no thread change made since the last one, and tells none', async () => {
    const { engine, store } = testEngine()
    const changed = deferred()
    const call = callTo(async function* (context) {
      yield { type: 'progress_update', text: 'working' }
      context.thread.title = 'Too late'
      changed.resolve()
      await new Promise(() => undefined)
    })
    const stream = await engine.startThread(call, userText('Hi'))
    await changed.promise

    await engine.cancelRun(call, stream.run.threadId)

    expect(typesOf(await readEvents(stream))).not.toContain('thread.updated')
    expect((await store.loadThread(stream.run.threadId, ALICE)).title).toBeUndefined()
  })

  it('leaves it to an app that wants to keep the partial answer its own way', async () => {
    const test = testEngine()
    const kept: string[] = []
    const call = callTo(halfAnAnswer, {
      async streamCancelled(_, pending) {
        kept.push(...pending.map((item) => `${item.id} ${textOf(item)}`))
      },
    })
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')

    await test.engine.cancelRun(call, stream.run.threadId)

    expect(kept).toEqual(['msg_1 Half an ans'])
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi'])
  })

  it('ends a run that waits for an answer', async () => {
    const { engine, store } = testEngine()
    const call = callTo(async function* (context) {
      yield done(toolCall(context, 'tc_1'))
    })
    const stream = await engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    expect(await engine.cancelRun(call, stream.run.threadId)).toEqual({ cancelled: true })
    expect(await store.loadRun(stream.run.id, ALICE)).toMatchObject({ status: 'cancelled' })
  })

  it('does nothing when nothing runs', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'Hello'))
    })
    const stream = await engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    expect(await engine.cancelRun(call, stream.run.threadId)).toEqual({ cancelled: false })
  })

  it('is for the owner of the thread alone', async () => {
    const { engine } = testEngine()
    const call = callTo(halfAnAnswer)
    const stream = await engine.startThread(call, userText('Hi'))

    await expect(engine.cancelRun({ ...call, context: BOB }, stream.run.threadId)).rejects.toMatchObject({
      code: 'thread_not_found',
    })
    await engine.close()
  })
})

describe('a client that leaves', () => {
  const GONE = { canReturn: false }
  const BACK_SOON = { canReturn: true }

  async function leaving(onDisconnect?: 'cancel' | 'continue') {
    const test = testEngine()
    const goOn = deferred()
    const call = callTo(
      async function* (context) {
        yield added(message(context, 'msg_1'))
        yield delta('msg_1', 'Half')
        await goOn.promise
        yield done(message(context, 'msg_1', 'Half and half'))
      },
      onDisconnect ? { onDisconnect } : {},
    )
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')
    const follow = () => test.engine.resumeRun(call, stream.run.threadId, { runId: stream.run.id })
    const end = async () => {
      const events = readEvents(await follow())
      goOn.resolve()
      return (await events).at(-1)
    }
    return { test, call, stream, follow, end }
  }

  it('for good cancels the run and keeps what was read', async () => {
    const { test, stream, end } = await leaving()

    stream.leave(GONE)

    expect(await end()).toMatchObject({ status: 'cancelled' })
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Half', undefined])
  })

  it('but can come back lets the run go on', async () => {
    const { stream, end } = await leaving()

    stream.leave(BACK_SOON)

    expect(await end()).toMatchObject({ status: 'completed' })
  })

  it('for good lets the run go on when the app says so', async () => {
    const { stream, end } = await leaving('continue')

    stream.leave(GONE)

    expect(await end()).toMatchObject({ status: 'completed' })
  })

  it('for good lets the run go on while somebody else reads it', async () => {
    const { stream, follow, end } = await leaving()
    const other = await follow()

    stream.leave(GONE)
    stream.leave(GONE)

    expect(await end()).toMatchObject({ status: 'completed' })
    other.leave(GONE)
  })

  it('for good does not end what somebody else will come back for', async () => {
    const { stream, follow, end } = await leaving()
    const other = await follow()

    stream.leave(BACK_SOON)
    other.leave(GONE)

    expect(await end()).toMatchObject({ status: 'completed' })
  })

  it('has to say so: not reading on ends nothing', async () => {
    const { end } = await leaving()

    expect(await end()).toMatchObject({ status: 'completed' })
  })

  it('after the end changes nothing', async () => {
    const { test, stream, call, end } = await leaving()
    await end()

    stream.leave(GONE)

    const { run } = await test.engine.getThread(call, stream.run.threadId)
    expect(run?.status).toBe('completed')
  })
})

describe('close', () => {
  it('lets a run end by itself while there is time', async () => {
    const test = testEngine()
    const goOn = deferred()
    const call = callTo(async function* (context) {
      await goOn.promise
      yield done(message(context, 'msg_1', 'Whole'))
    })
    const stream = await test.engine.startThread(call, userText('Hi'))

    const closing = test.engine.close(1000)
    goOn.resolve()

    expect((await readEvents(stream)).at(-1)).toMatchObject({ status: 'completed' })
    await closing
  })

  it('interrupts what is still running then, and keeps what it wrote', async () => {
    const test = testEngine()
    const stream = await test.engine.startThread(callTo(halfAnAnswer), userText('Hi'))
    await readUntil(stream, 'thread.item.updated')

    const closing = test.engine.close(1000)
    test.clock.advance(1000)
    await closing

    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Half an ans'])
    expect(await test.store.loadRun(stream.run.id, ALICE)).toMatchObject({ status: 'interrupted' })
    const events = await readEvents(stream)
    expect(typesOf(events).slice(-3)).toEqual(['thread.item.done assistant_message', 'error', 'run.ended'])
    expect(events.at(-2)).toMatchObject({ code: 'custom', allow_retry: true })
  })

  it('refuses new runs', async () => {
    const { engine } = testEngine()
    await engine.close()

    await expect(engine.startThread(callTo(halfAnAnswer), userText('Hi'))).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})
