import type { RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { RunContext } from '../runnable/runnable.js'
import {
  added,
  callTo,
  done,
  message,
  type Person,
  readEvents,
  storedItems,
  testEngine,
  textOf,
  toolCall,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

const usage = (context: RunContext<Person>): RunEvent => ({
  type: 'run.usage',
  run_id: context.run.id,
  usage: { requests: 1, input_tokens: 1, output_tokens: 1, total_tokens: 2 },
})

/** A call to an app that works ahead of its reader, as agents do. */
const callAhead = (run: (context: RunContext<Person>) => AsyncIterable<RunEvent>) => callTo(run, { worksAhead: true })

describe('the item an app that works ahead ends with', () => {
  it('is stored with the end of the run, in one write, and told before it', async () => {
    const test = testEngine()
    const call = callAhead(async function* (context) {
      yield added(message(context, 'msg_1'))
      yield done(message(context, 'msg_1', 'Hello'))
      yield usage(context)
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    const events = await readEvents(stream)

    expect(test.writes).toEqual(['startRun', 'endRun'])
    expect(typesOf(events).slice(-3)).toEqual(['thread.item.done assistant_message', 'run.usage', 'run.ended'])
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Hello'])
  })

  it('is what the run waits for, when it is a question', async () => {
    const test = testEngine()
    const call = callAhead(async function* (context) {
      yield done(toolCall(context, 'call_1'))
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    const { run } = await test.engine.readThread(call, stream.run.threadId)
    expect(run).toMatchObject({ status: 'waiting', waiting_item_id: 'call_1' })
  })

  it('does not count as said when its run cannot be stored', async () => {
    const test = testEngine()
    test.store.endRun = async () => {
      throw new Error('disk full')
    }
    const call = callAhead(async function* (context) {
      yield done(message(context, 'msg_1', 'Hello'))
    })

    const events = await readEvents(await test.engine.startThread(call, userText('Hi')))

    expect(typesOf(events).slice(-2)).toEqual(['error', 'run.ended'])
    expect(typesOf(events)).not.toContain('thread.item.done assistant_message')
  })
})

describe('an item that an app which works ahead goes on behind', () => {
  it('is stored and told although nothing follows for long', async () => {
    const test = testEngine()
    const call = callAhead(async function* (context) {
      yield done(message(context, 'msg_1', 'One moment'))
      await new Promise(() => undefined) // a tool that takes its time
    })

    const stream = await test.engine.startThread(call, userText('Hi'))

    await expect.poll(() => storedItems(test, stream.run.threadId)).toHaveLength(2)
    await test.engine.close()
  })

  it('is stored before what follows, in the order of saying', async () => {
    const test = testEngine()
    const call = callAhead(async function* (context) {
      yield done(message(context, 'msg_1', 'first'))
      yield done(message(context, 'msg_2', 'second'))
      yield { type: 'thread.item.removed', item_id: 'msg_1' }
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    const events = await readEvents(stream)

    expect(typesOf(events).slice(-4)).toEqual([
      'thread.item.done assistant_message',
      'thread.item.done assistant_message',
      'thread.item.removed',
      'run.ended',
    ])
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'second'])
  })

  it('is kept when the app fails behind it', async () => {
    const test = testEngine()
    const call = callAhead(async function* (context) {
      yield done(message(context, 'msg_1', 'Hello'))
      throw new TypeError('broken')
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    const events = await readEvents(stream)

    expect(typesOf(events).slice(-3)).toEqual(['thread.item.done assistant_message', 'error', 'run.ended'])
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Hello'])
  })

  it('fails the run when it cannot be stored', async () => {
    const test = testEngine()
    test.store.addThreadItem = async () => {
      throw new Error('disk full')
    }
    const call = callAhead(async function* (context) {
      yield done(message(context, 'msg_1', 'Hello'))
      yield added(message(context, 'msg_2'))
    })

    const events = await readEvents(await test.engine.startThread(call, userText('Hi')))

    expect(typesOf(events).slice(-2)).toEqual(['error', 'run.ended'])
    expect(typesOf(events)).not.toContain('thread.item.done assistant_message')
  })
})
