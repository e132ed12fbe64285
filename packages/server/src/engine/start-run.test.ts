import { describe, expect, it } from 'vitest'
import {
  added,
  answer,
  callTo,
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
} from './engine.fixture.js'

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
