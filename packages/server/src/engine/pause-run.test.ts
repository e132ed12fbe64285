import { describe, expect, it } from 'vitest'
import type { RunContext } from '../runnable/runnable.js'
import {
  answer,
  callTo,
  done,
  message,
  type Person,
  readEvents,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

/** Looks something up, keeps that, and stops in the middle of its answer; told to go on it says all of it. */
const writer = (heard: Pick<RunContext<Person>, 'trigger' | 'run'>[], { keeps = true } = {}) =>
  callTo(async function* (context) {
    heard.push(context)
    const { keepCheckpoint, run, signal } = context
    if (heard.length > 1) {
      yield done(message(context, 'msg_whole', 'We open at nine.'))
      return
    }
    if (keeps) {
      yield done(message(context, 'msg_found', 'Looking it up.'))
      keepCheckpoint({ step: run.attempt })
    }
    yield { type: 'thread.item.added', item: message(context, 'msg_half', 'We open') }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  })

async function pausedInTheMiddle(options = {}) {
  const test = testEngine()
  const heard: Parameters<typeof writer>[0] = []
  const call = writer(heard, options)
  const { thread } = await test.engine.createThread(call, {})
  const stream = await test.engine.addUserMessage(call, thread.id, userText('When?'))
  const events = []
  for await (const batch of stream.entries) {
    events.push(...batch.map(({ event }) => event))
    if (events.some((event) => event.type === 'thread.item.added')) break
  }
  const paused = await test.engine.pauseRun(call, thread.id, stream.run.id)
  return { ...test, call, heard, threadId: thread.id, runId: stream.run.id, paused }
}

describe('an answer that is paused', () => {
  it('keeps what was written, and waits', async () => {
    const test = await pausedInTheMiddle()

    expect(test.paused).toMatchObject({ id: test.runId, status: 'waiting', checkpoint: { step: 1 } })
    expect((await storedItems(test, test.threadId)).map(textOf)).toEqual(['When?', 'Looking it up.', 'We open'])
    expect(await test.engine.pauseRun(test.call, test.threadId, test.runId)).toEqual(test.paused)
  })

  it('goes on from what its app has kept, as the same run, and says nothing twice', async () => {
    const test = await pausedInTheMiddle()

    const events = await readEvents(await test.engine.goOn(test.call, test.threadId))

    expect(test.heard[1]).toMatchObject({
      trigger: { type: 'retry', item: { content: [{ text: 'When?' }] } },
      run: { id: test.runId, attempt: 2, checkpoint: { step: 1 } },
    })
    expect(typesOf(events)).toEqual([
      'run.started',
      'thread.item.removed',
      'stream_options',
      'thread.item.done assistant_message',
      'run.ended',
    ])
    expect((await storedItems(test, test.threadId)).map(textOf)).toEqual([
      'When?',
      'Looking it up.',
      'We open at nine.',
    ])
  })

  it('begins anew where its app has kept nothing', async () => {
    const test = await pausedInTheMiddle({ keeps: false })

    await readEvents(await test.engine.goOn(test.call, test.threadId))

    expect((await storedItems(test, test.threadId)).map(textOf)).toEqual(['When?', 'We open at nine.'])
  })

  it('shows whoever joins it later what stands, and nothing that was taken back', async () => {
    const test = await pausedInTheMiddle()
    await readEvents(await test.engine.goOn(test.call, test.threadId))

    const events = await readEvents(await test.engine.resumeRun(test.call, test.threadId, { runId: test.runId }))

    expect(JSON.stringify(events)).not.toContain('msg_half')
    expect(events.filter(({ type }) => type === 'run.ended')).toHaveLength(1)
  })

  it('is stopped for good when something else is said', async () => {
    const test = await pausedInTheMiddle()

    await readEvents(await test.engine.addUserMessage(answer('Fine.'), test.threadId, userText('Never mind')))

    expect((await test.engine.readRun(test.call, test.threadId, test.runId)).status).toBe('cancelled')
  })

  it('is being written: what is over is not paused', async () => {
    const test = testEngine()
    const { thread } = await test.engine.createThread(answer(''), {})
    const stream = await test.engine.addUserMessage(answer('Hello'), thread.id, userText('Hi'))
    await readEvents(stream)

    const pausing = test.engine.pauseRun(answer(''), thread.id, stream.run.id)

    await expect(pausing).rejects.toMatchObject({ code: 'conflict' })
  })
})
