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
  hiddenNote,
  message,
  readEntries,
  readEvents,
  readUntil,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

const MINUTE = 60_000

describe('resumeRun', () => {
  it('reads a running run again from the first event, then as it goes on', async () => {
    const { engine } = testEngine()
    const goOn = deferred()
    const call = callTo(async function* (context) {
      yield added(message(context, 'msg_1'))
      yield delta('msg_1', 'Hel')
      await goOn.promise
      yield delta('msg_1', 'lo')
      yield done(message(context, 'msg_1', 'Hello'))
    })
    const stream = await engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')

    const reading = readEntries(await engine.resumeRun(call, stream.run.threadId, {}))
    goOn.resolve()

    expect((await reading).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('reads on behind the event the reader saw last', async () => {
    const { engine } = testEngine()
    const call = answer('Hello')
    const stream = await engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    const rest = await readEntries(
      await engine.resumeRun(call, stream.run.threadId, { runId: stream.run.id, after: 6 }),
    )

    expect(rest.map(({ sequence, event }) => [sequence, event.type])).toEqual([
      [7, 'thread.item.done'],
      [8, 'run.ended'],
    ])
  })

  it('has nothing more for a reader that has seen the end', async () => {
    const { engine, clock } = testEngine()
    const call = answer('Hello')
    const stream = await engine.startThread(call, userText('Hi'))
    await readEvents(stream)
    const behindTheEnd = () => engine.resumeRun(call, stream.run.threadId, { runId: stream.run.id, after: 8 })

    expect(await readEvents(await behindTheEnd())).toEqual([])
    clock.advance(MINUTE)
    expect(await readEvents(await behindTheEnd())).toEqual([])
  })

  it('shows what is stored once the log is gone, hidden items left out', async () => {
    const { engine, clock } = testEngine()
    const call = callTo(async function* (context) {
      yield done(message(context, 'msg_1', 'One'))
      yield done(hiddenNote(context, 'hidden_1'))
      yield done(message(context, 'msg_2', 'Two'))
    })
    const stream = await engine.startThread(call, userText('Hi'))
    const last = (await readEntries(stream)).at(-1)
    clock.advance(MINUTE)

    const again = await readEntries(await engine.resumeRun(call, stream.run.threadId, { after: 5 }))

    expect(again.map(({ event }) => ('item' in event ? textOf(event.item) : event.type))).toEqual([
      'One',
      'Two',
      'run.ended',
    ])
    expect(again.at(-1)).toEqual(last)
    expect(again[0]?.sequence).toBe(5) // losing the line here loses nothing: the items come again
  })

  it('tells a reader that saw nothing of the thread and the message too', async () => {
    const { engine, clock } = testEngine()
    const call = answer('Hello')
    const stream = await engine.startThread(call, userText('Hi'))
    await readEvents(stream)
    clock.advance(MINUTE)

    expect(typesOf(await readEvents(await engine.resumeRun(call, stream.run.threadId, {})))).toEqual([
      'run.started',
      'thread.created',
      'thread.item.done user_message',
      'thread.item.done assistant_message',
      'run.ended',
    ])
  })

  it('shows the items of an older run without those of later ones', async () => {
    const { engine, clock } = testEngine()
    const first = await engine.startThread(answer('One'), userText('1'))
    await readEvents(first)
    clock.advance(1000)
    await readEvents(await engine.addUserMessage(answer('Two'), first.run.threadId, userText('2')))
    clock.advance(2 * MINUTE)

    const events = await readEvents(
      await engine.resumeRun(answer(''), first.run.threadId, { runId: first.run.id, after: 3 }),
    )

    expect(events.map((event) => ('item' in event ? textOf(event.item) : event.type))).toEqual(['One', 'run.ended'])
  })

  it('keeps only so many logs of ended runs', async () => {
    const { engine } = testEngine({ grace: { runs: 1 } })
    const call = answer('Hello')
    const first = await engine.startThread(call, userText('Hi'))
    await readEvents(first)
    await readEvents(await engine.startThread(call, userText('Hi')))

    const again = await readEvents(await engine.resumeRun(call, first.run.threadId, {}))

    expect(typesOf(again)).not.toContain('stream_options') // from the store, not from the log
    expect(again.at(-1)?.type).toBe('run.ended')
  })

  it('finds no run of another thread, of another person, or none at all', async () => {
    const { engine } = testEngine()
    const call = answer('Hello')
    const one = await engine.startThread(call, userText('1'))
    const other = await engine.startThread(call, userText('2'))
    await Promise.all([readEvents(one), readEvents(other)])

    await expect(engine.resumeRun(call, one.run.threadId, { runId: other.run.id })).rejects.toMatchObject({
      code: 'run_not_found',
    })
    await expect(engine.resumeRun(call, one.run.threadId, { runId: 'run_unknown' })).rejects.toMatchObject({
      code: 'run_not_found',
    })
    await expect(engine.resumeRun({ ...call, context: BOB }, one.run.threadId, {})).rejects.toMatchObject({
      code: 'thread_not_found',
    })
  })

  it('says that a run it does not have here cannot be followed', async () => {
    const { engine, store } = testEngine()
    const call = answer('Hello')
    const stream = await engine.startThread(call, userText('Hi'))
    await readEvents(stream)
    const elsewhere = {
      ...(await store.loadRun(stream.run.id, ALICE)),
      id: 'run_elsewhere',
      status: 'running' as const,
    }
    await store.startRun(elsewhere, {}, ALICE)

    await expect(engine.resumeRun(call, stream.run.threadId, {})).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('several readers of one run', () => {
  it('each see all of it, the slow one in larger pieces', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* (context) {
      yield added(message(context, 'msg_1'))
      for (let token = 0; token < 300; token += 1) {
        await new Promise((resolve) => setImmediate(resolve))
        yield delta('msg_1', `${token} `)
      }
      yield done(message(context, 'msg_1', 'all'))
    })
    const stream = await engine.startThread(call, userText('Hi'))
    const slow = await engine.resumeRun(call, stream.run.threadId, {})
    const text = (events: Awaited<ReturnType<typeof readEvents>>) =>
      events.map((event) => ('update' in event && 'delta' in event.update ? event.update.delta : '')).join('')

    const fast = await readEvents(stream)
    const late = await readEvents(slow)

    expect(text(late)).toBe(text(fast))
    expect(text(fast)).toMatch(/^0 1 2 .* 298 299 $/)
    expect(late.length).toBeLessThan(fast.length)
    expect(late.at(-1)).toEqual(fast.at(-1))
  })
})
