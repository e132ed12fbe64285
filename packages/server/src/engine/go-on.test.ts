import { describe, expect, it } from 'vitest'
import {
  answer,
  BOB,
  callTo,
  done,
  message,
  readEvents,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

async function pausedThread() {
  const test = testEngine()
  const { thread } = await test.engine.createThread(answer(''), {})
  const stream = await test.engine.addUserMessage(answer('early'), thread.id, userText('Hi'), { pauses: true })
  return { ...test, threadId: thread.id, runId: stream.run.id, events: await readEvents(stream) }
}

describe('a run that is to pause', () => {
  it('keeps the message and waits, and the app has not heard of it', async () => {
    const test = await pausedThread()

    expect(typesOf(test.events)).toEqual(['run.started', 'thread.item.done user_message', 'run.waiting', 'run.ended'])
    expect(test.events.slice(-2)).toMatchObject([{ reason: 'pause' }, { status: 'waiting' }])
    expect((await storedItems(test, test.threadId)).map(textOf)).toEqual(['Hi'])
  })

  it('goes on when it is told to, once, as the same run and with the same trigger', async () => {
    const test = await pausedThread()
    const triggers: unknown[] = []
    const call = callTo(async function* (context) {
      triggers.push(context.trigger)
      yield done(message(context, 'msg_1', 'Hello'))
    })

    const stream = await test.engine.goOn(call, test.threadId)
    const events = await readEvents(stream)

    expect(stream.run).toMatchObject({ id: test.runId, attempt: 2 })
    expect(events.at(-1)).toMatchObject({ status: 'completed' })
    expect(triggers).toMatchObject([{ type: 'user_message', item: { content: [{ text: 'Hi' }] } }])
    expect((await storedItems(test, test.threadId)).map(textOf)).toEqual(['Hi', 'Hello'])
    await expect(test.engine.goOn(call, test.threadId)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('ends when it is cancelled, or when something else is said', async () => {
    const test = await pausedThread()

    await readEvents(await test.engine.addUserMessage(answer('Hello'), test.threadId, userText('Never mind')))

    expect((await test.engine.readRun(answer(''), test.threadId, test.runId)).status).toBe('cancelled')
    await expect(test.engine.goOn(answer('x'), test.threadId)).rejects.toMatchObject({ code: 'conflict' })
    const other = await pausedThread()
    expect(await other.engine.cancelRun(answer(''), other.threadId)).toEqual({ cancelled: true })
  })

  it('is its owner’s', async () => {
    const test = await pausedThread()

    const foreign = test.engine.goOn({ ...answer('x'), context: BOB }, test.threadId)

    await expect(foreign).rejects.toMatchObject({ code: 'thread_not_found' })
  })
})
