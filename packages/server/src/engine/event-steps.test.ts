import type { RunEvent, ThreadItem } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  added,
  callTo,
  delta,
  done,
  hiddenNote,
  message,
  readEvents,
  readUntil,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

/** The events behind `stream_options`, without the run's own end. */
const ofApp = (events: RunEvent[]) =>
  events.slice(events.findIndex(({ type }) => type === 'stream_options') + 1).filter(({ type }) => type !== 'run.ended')

describe('an item that is done', () => {
  it('can be read back by whoever has seen it', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'Hello'))
      await new Promise(() => undefined) // the run stays open
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'stream_options')

    await expect.poll(() => storedItems(test, stream.run.threadId)).toHaveLength(2)
    await test.engine.close()
  })

  it('replaces one with the same id where it stands', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'first'))
      yield done(message(context, 'msg_2', 'second'))
      yield done(message(context, 'msg_1', 'changed'))
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'changed', 'second'])
  })

  it('is stored before it is told', async () => {
    const test = testEngine()
    let storedWhenTold = 0
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'Hello'))
      storedWhenTold = (await storedItems(test, context.thread.id)).length
    })

    await readEvents(await test.engine.startThread(call, userText('Hi')))

    expect(storedWhenTold).toBe(2)
  })
})

describe('an item that is removed', () => {
  it('is gone from the store and told', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'wrong'))
      yield { type: 'thread.item.removed', item_id: 'msg_1' }
    })

    const stream = await test.engine.startThread(call, userText('Hi'))

    expect(ofApp(await readEvents(stream)).at(-1)).toEqual({ type: 'thread.item.removed', item_id: 'msg_1' })
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi'])
  })
})

describe('an item that is replaced', () => {
  it('keeps its place and may become another kind', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'first'))
      yield done(message(context, 'msg_2', 'second'))
      yield { type: 'thread.item.replaced', item: { ...message(context, 'msg_1'), type: 'end_of_turn' } as ThreadItem }
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    expect((await storedItems(test, stream.run.threadId)).map(({ type }) => type)).toEqual([
      'user_message',
      'end_of_turn',
      'assistant_message',
    ])
  })

  it('disappears for the person when it becomes hidden', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'seen'))
      yield { type: 'thread.item.replaced', item: hiddenNote(context, 'msg_1') }
    })

    const events = ofApp(await readEvents(await engine.startThread(call, userText('Hi'))))

    expect(events.at(-1)).toEqual({ type: 'thread.item.removed', item_id: 'msg_1' })
  })
})

describe('what readers and the store hold', () => {
  it('is not changed when the app goes on changing its own objects', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      const item = message(context, 'msg_1', 'as sent')
      yield added(item)
      yield done(item)
      if (item.type === 'assistant_message') item.content.push({ type: 'output_text', text: 'later', annotations: [] })
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    const events = await readEvents(stream)

    for (const event of events) if ('item' in event) expect(textOf(event.item)).not.toContain('later')
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'as sent'])
  })
})

describe('events without an item', () => {
  it('pass as they are', async () => {
    const { engine } = testEngine()
    const told: RunEvent[] = [
      { type: 'progress_update', text: 'Looking …', icon: 'search' },
      { type: 'client_effect', name: 'blink', data: { times: null } },
      { type: 'notice', level: 'warning', message: 'Careful' },
      { type: 'error', code: 'custom', message: 'A small one', allow_retry: false },
      { type: 'tool.started', call_id: 'call_1', name: 'weather' },
    ]
    const call = callTo(async function* () {
      yield* told
    })

    expect(ofApp(await readEvents(await engine.startThread(call, userText('Hi'))))).toEqual(told)
  })

  it('are not the engine’s own words, which an app cannot say', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* () {
      yield { type: 'run.ended', run_id: 'run_1', status: 'failed' }
      yield { type: 'run.started', run_id: 'run_1', thread_id: 'thr_1', attempt: 9 }
    })

    const events = await readEvents(await engine.startThread(call, userText('Hi')))

    expect(typesOf(events).filter((type) => type.startsWith('run.'))).toEqual(['run.started', 'run.ended'])
    expect(events.at(-1)).toMatchObject({ status: 'completed' })
  })
})

describe('hidden items', () => {
  const steps = fc.array(
    fc.constantFrom<'added' | 'updated' | 'done' | 'replaced' | 'removed' | 'visible' | 'title'>(
      'added',
      'updated',
      'done',
      'replaced',
      'removed',
      'visible',
      'title',
    ),
    { maxLength: 12 },
  )
  const ends = fc.constantFrom<'finishes' | 'fails' | 'waits for the stop'>('finishes', 'fails', 'waits for the stop')

  it('leave in no event, in no order, at no end', async () => {
    await fc.assert(
      fc.asyncProperty(steps, ends, async (chosen, end) => {
        const { engine } = testEngine()
        const call = callTo(async function* (context) {
          const events: Record<(typeof chosen)[number], () => RunEvent> = {
            added: () => added(hiddenNote(context, 'hidden')),
            updated: () => delta('hidden', 'nobody may read this'),
            done: () => done(hiddenNote(context, 'hidden')),
            replaced: () => ({ type: 'thread.item.replaced', item: hiddenNote(context, 'hidden') }),
            removed: () => ({ type: 'thread.item.removed', item_id: 'hidden' }),
            visible: () => added(message(context, 'msg_1', 'for everybody')),
            title: () => {
              context.thread.title = `${context.thread.title ?? ''}!`
              context.thread.metadata.note = 'nobody may read this'
              return { type: 'thread.updated', thread: { ...context.thread, items: { data: [], has_more: false } } }
            },
          }
          yield events.added() // from here on everybody knows that it is hidden
          for (const step of chosen) yield events[step]()
          if (end === 'fails') throw new Error('nobody may read this')
          if (end === 'waits for the stop') await new Promise(() => undefined)
        })

        const stream = await engine.startThread(call, userText('Hi'))
        const reading = readEvents(stream)
        if (end === 'waits for the stop') await engine.cancelRun(call, stream.run.threadId)

        const events = await reading
        expect(JSON.stringify(events)).not.toContain('nobody may read this')
        expect(JSON.stringify(events)).not.toContain('hidden_context')
        expect(events.at(-1)?.type).toBe('run.ended')
      }),
      { numRuns: 60 },
    )
  })
})
