import type { StructuredInputItem, ThreadItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { RunContext } from '../runnable/runnable.js'
import {
  ALICE,
  answer,
  callTo,
  deferred,
  done,
  message,
  type Person,
  readEntries,
  readEvents,
  readUntil,
  storedItems,
  type TestEngine,
  testEngine,
  textOf,
  toolCall,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

/** Asks the page at first, answers with what came back. */
const asking = callTo(async function* (context) {
  const { trigger } = context
  if (trigger.type !== 'client_tool_output') yield done(toolCall(context, 'tc_1'))
  else yield done(message(context, 'msg_1', `Got ${JSON.stringify(trigger.item?.output)}`))
})

async function waitingThread(test: TestEngine) {
  const stream = await test.engine.startThread(asking, userText('Where am I?'))
  const entries = await readEntries(stream)
  return { run: stream.run, threadId: stream.run.threadId, entries }
}

const itemById = async (test: TestEngine, threadId: string, id: string) =>
  (await storedItems(test, threadId)).find((item) => item.id === id)

describe('a run that ends with a client tool call', () => {
  it('waits, and says for what', async () => {
    const test = testEngine()

    const { run, entries } = await waitingThread(test)

    expect(entries.slice(-2).map(({ event }) => event)).toEqual([
      { type: 'run.waiting', run_id: run.id, item_id: 'tc_1', reason: 'client_tool' },
      { type: 'run.ended', run_id: run.id, status: 'waiting' },
    ])
    expect(await test.store.loadRun(run.id, ALICE)).toMatchObject({ status: 'waiting', waiting_item_id: 'tc_1' })
  })

  it('waits also when something else is said behind it', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield done(toolCall(context, 'tc_1'))
      yield done({ ...message(context, 'eot'), type: 'end_of_turn' } as ThreadItem)
    })

    const events = await readEvents(await test.engine.startThread(call, userText('Hi')))

    expect(events.at(-1)).toMatchObject({ status: 'waiting' })
  })

  it('does not wait for a call the app took back', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield done(toolCall(context, 'tc_1'))
      yield { type: 'thread.item.removed', item_id: 'tc_1' }
    })

    expect((await readEvents(await test.engine.startThread(call, userText('Hi')))).at(-1)).toMatchObject({
      status: 'completed',
    })
  })
})

describe('addClientToolOutput', () => {
  it('goes on with the same run, counting on', async () => {
    const test = testEngine()
    const { run, threadId, entries } = await waitingThread(test)

    const stream = await test.engine.addClientToolOutput(asking, threadId, { city: 'Bern' })
    const more = await readEntries(stream)

    expect(stream.run).toEqual({ ...run, attempt: 2 })
    expect(more[0]).toEqual({
      sequence: entries.length + 1,
      event: { type: 'run.started', run_id: run.id, thread_id: threadId, attempt: 2 },
    })
    expect(typesOf(more.map(({ event }) => event)).slice(1)).toEqual([
      'stream_options',
      'thread.item.done assistant_message',
      'run.ended',
    ])
    expect(await test.store.loadRun(run.id, ALICE)).toMatchObject({
      status: 'completed',
      attempt: 2,
      last_sequence: entries.length + 4,
    })
  })

  it('stores the output with the call and hands it to the app', async () => {
    const test = testEngine()
    const { threadId } = await waitingThread(test)

    await readEvents(await test.engine.addClientToolOutput(asking, threadId, { city: 'Bern' }))

    expect(await itemById(test, threadId, 'tc_1')).toMatchObject({ status: 'completed', output: { city: 'Bern' } })
    expect((await storedItems(test, threadId)).map(textOf).at(-1)).toBe('Got {"city":"Bern"}')
  })

  it('is for its own readers: a slow reader of the question ends with the wait', async () => {
    const test = testEngine()
    const question = await test.engine.startThread(asking, userText('Where am I?'))
    const { threadId } = question.run
    await expect.poll(async () => (await test.engine.getThread(asking, threadId)).run?.status).toBe('waiting')

    await readEvents(await test.engine.addClientToolOutput(asking, threadId, null))

    expect((await readEvents(question)).at(-1)).toMatchObject({ type: 'run.ended', status: 'waiting' })
  })

  it('counts on also when the log is gone', async () => {
    const test = testEngine()
    const { threadId, entries } = await waitingThread(test)
    test.clock.advance(3_600_000)

    const more = await readEntries(await test.engine.addClientToolOutput(asking, threadId, null))

    expect(more[0]?.sequence).toBe(entries.length + 1)
  })

  it('shows a page that is reloaded afterwards the whole run, also when the first log is gone', async () => {
    const test = testEngine()
    const { run, threadId, entries } = await waitingThread(test)
    test.clock.advance(3_600_000)
    const goOn = deferred()
    const slow = callTo(async function* (context) {
      await goOn.promise
      yield done(message(context, 'msg_1', 'Done'))
    })
    await test.engine.addClientToolOutput(slow, threadId, null)

    const reading = readEntries(await test.engine.resumeRun(slow, threadId, { runId: run.id }))
    goOn.resolve()

    const all = await reading
    expect(typesOf(all.map(({ event }) => event))).toEqual([
      'run.started',
      'thread.created',
      'thread.item.done user_message',
      'thread.item.done client_tool_call',
      'run.started',
      'stream_options',
      'thread.item.done assistant_message',
      'run.ended',
    ])
    expect(all.at(-1)?.sequence).toBe(entries.length + 4)
  })

  it('lets a reader of the run go on across the wait', async () => {
    const test = testEngine()
    const { run, threadId, entries } = await waitingThread(test)
    await readEvents(await test.engine.addClientToolOutput(asking, threadId, null))

    const all = await readEntries(await test.engine.resumeRun(asking, threadId, { runId: run.id, after: 2 }))

    expect(all.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: entries.length + 2 }, (_, index) => index + 3),
    )
  })

  it('of two answers takes one', async () => {
    const test = testEngine()
    const { threadId } = await waitingThread(test)

    const results = await Promise.allSettled([
      test.engine.addClientToolOutput(asking, threadId, 1),
      test.engine.addClientToolOutput(asking, threadId, 2),
    ])

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(results[1]).toMatchObject({ reason: { code: 'item_not_pending' } })
  })

  it('of two answers on two servers takes one', async () => {
    const test = testEngine()
    const { threadId } = await waitingThread(test)
    const neighbour = testEngine({ store: test.store })

    const results = await Promise.allSettled([
      test.engine.addClientToolOutput(asking, threadId, 1),
      neighbour.engine.addClientToolOutput(asking, threadId, 2),
    ])

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'item_not_pending' } })
  })

  it('given before the asking run has ended waits for its end', async () => {
    const test = testEngine()
    const lastWords = deferred()
    const call = callTo(async function* (context) {
      if (context.trigger.type === 'client_tool_output') return
      yield done(toolCall(context, 'tc_1'))
      await lastWords.promise
      yield done(message(context, 'msg_1', 'Waiting for you'))
    })
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.done')
    await expect.poll(() => storedItems(test, stream.run.threadId)).toHaveLength(2)

    const answered = test.engine.addClientToolOutput(call, stream.run.threadId, 'ok')
    lastWords.resolve()

    const { run } = await answered
    expect(run).toEqual({ ...stream.run, attempt: 2 })
    expect((await storedItems(test, run.threadId)).map(({ type }) => type)).toEqual([
      'user_message',
      'client_tool_call',
      'assistant_message',
    ])
  })

  it('reads the run again when the same request comes twice', async () => {
    const test = testEngine()
    const { threadId } = await waitingThread(test)
    const send = () => test.engine.addClientToolOutput(asking, threadId, 1, { requestId: 'req_tool' })

    await readEvents(await send())

    expect((await readEvents(await send())).at(-1)).toMatchObject({ status: 'completed' })
  })

  it('completes the newest call and removes the others that wait', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      if (context.trigger.type === 'client_tool_output') return
      yield done(toolCall(context, 'tc_1'))
      yield done(toolCall(context, 'tc_2'))
    })
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    await readEvents(await test.engine.addClientToolOutput(call, stream.run.threadId, 'ok'))

    const calls = (await storedItems(test, stream.run.threadId)).filter(({ type }) => type === 'client_tool_call')
    expect(calls).toMatchObject([{ id: 'tc_2', status: 'completed', output: 'ok' }])
  })

  it('just goes on when nothing waited for an output', async () => {
    const test = testEngine()
    const stream = await test.engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(stream)

    const events = await readEvents(await test.engine.addClientToolOutput(asking, stream.run.threadId, 1))

    expect(typesOf(events)).toEqual([
      'run.started',
      'stream_options',
      'thread.item.done assistant_message',
      'run.ended',
    ])
    expect(events.at(-1)).toMatchObject({ status: 'completed' })
  })

  it('on an unknown thread finds none', async () => {
    await expect(testEngine().engine.addClientToolOutput(asking, 'thr_unknown', 1)).rejects.toMatchObject({
      code: 'thread_not_found',
    })
  })
})

describe('a new message while a run waits', () => {
  it('ends the waiting run and leaves its call in place', async () => {
    const test = testEngine()
    const { run, threadId } = await waitingThread(test)

    await readEvents(await test.engine.addUserMessage(answer('Never mind'), threadId, userText('Forget it')))

    expect(await test.store.loadRun(run.id, ALICE)).toMatchObject({ status: 'cancelled' })
    expect(await itemById(test, threadId, 'tc_1')).toMatchObject({ status: 'pending' })
  })

  it('still lets the late output start an answer, in a run of its own', async () => {
    const test = testEngine()
    const { run, threadId } = await waitingThread(test)
    await readEvents(await test.engine.addUserMessage(answer('Never mind'), threadId, userText('Forget it')))

    const late = await test.engine.addClientToolOutput(asking, threadId, 1)
    await readEvents(late)

    expect(late.run.id).not.toBe(run.id)
    expect(await itemById(test, threadId, 'tc_1')).toMatchObject({ status: 'completed' })
  })
})

describe('addStructuredInput', () => {
  const form = (context: RunContext<Person>): StructuredInputItem => ({
    id: 'form_1',
    thread_id: context.thread.id,
    created_at: '2026-01-01T00:00:00.000Z',
    type: 'structured_input',
    status: 'pending',
    inputs: [
      {
        type: 'multiple_choice',
        id: 'size',
        question: 'Size?',
        options: [{ value: 'S' }, { value: 'L' }],
        multiple: false,
      },
      { type: 'multiple_choice', id: 'extras', question: 'Extras?', options: [{ value: 'Salt' }], multiple: true },
      { type: 'freeform', id: 'name', question: 'Name?' },
    ],
  })
  const ordering = callTo(async function* (context) {
    if (context.trigger.type === 'structured_input') yield done(message(context, 'msg_1', 'Thanks'))
    else yield done(form(context))
  })

  async function formThread(test: TestEngine) {
    const stream = await test.engine.startThread(ordering, userText('Order'))
    return { run: stream.run, threadId: stream.run.threadId, events: await readEvents(stream) }
  }
  const answers = async (test: TestEngine, threadId: string) => {
    const item = (await itemById(test, threadId, 'form_1')) as StructuredInputItem // the item the app added
    return { status: item.status, answers: item.inputs.map((input) => input.answer) }
  }
  const skipped = { values: [], skipped: true }

  it('waits for the form, shows it answered and goes on with the same run', async () => {
    const test = testEngine()
    const { run, threadId, events } = await formThread(test)
    const input = { status: 'answered' as const, answers: { name: { values: ['Ada'], skipped: false } } }

    const stream = await test.engine.addStructuredInput(ordering, threadId, { itemId: 'form_1', input })

    expect(events.at(-2)).toEqual({ type: 'run.waiting', run_id: run.id, item_id: 'form_1', reason: 'form' })
    expect(stream.run).toEqual({ ...run, attempt: 2 })
    expect(typesOf(await readEvents(stream))).toEqual([
      'run.started',
      'stream_options',
      'thread.item.replaced structured_input',
      'thread.item.done assistant_message',
      'run.ended',
    ])
  })

  it('takes free values, the first of several where one is asked for, and nothing as skipped', async () => {
    const test = testEngine()
    const { threadId } = await formThread(test)
    const input = {
      status: 'answered' as const,
      answers: {
        size: { values: ['XXL', 'S'], skipped: false },
        extras: { values: ['Salt', 'Pepper'], skipped: false },
        name: { values: [], skipped: false },
        unknown: { values: ['?'], skipped: false },
      },
    }

    await readEvents(await test.engine.addStructuredInput(ordering, threadId, { itemId: 'form_1', input }))

    expect(await answers(test, threadId)).toEqual({
      status: 'answered',
      answers: [{ values: ['XXL'], skipped: false }, { values: ['Salt', 'Pepper'], skipped: false }, skipped],
    })
    expect(test.logged).toEqual(['A form was answered with questions it does not have.'])
  })

  it.each([
    [
      'the whole form',
      { status: 'skipped' as const, answers: { name: { values: ['Ada'], skipped: false } } },
      'skipped',
    ],
    [
      'each question',
      { status: 'answered' as const, answers: { name: { values: ['Ada'], skipped: true } } },
      'answered',
    ],
  ])('stores %s as skipped', async (_, input, status) => {
    const test = testEngine()
    const { threadId } = await formThread(test)

    await readEvents(await test.engine.addStructuredInput(ordering, threadId, { itemId: 'form_1', input }))

    expect(await answers(test, threadId)).toEqual({ status, answers: [skipped, skipped, skipped] })
  })

  it('refuses a second answer, another kind of item and an unknown one', async () => {
    const test = testEngine()
    const { threadId } = await formThread(test)
    const input = { status: 'skipped' as const, answers: {} }
    const send = (itemId: string) => test.engine.addStructuredInput(ordering, threadId, { itemId, input })
    await readEvents(await send('form_1'))

    await expect(send('form_1')).rejects.toMatchObject({ code: 'item_not_pending' })
    await expect(send('msg_1')).rejects.toMatchObject({ code: 'item_not_pending' })
    await expect(send('unknown')).rejects.toMatchObject({ code: 'item_not_found' })
  })
})
