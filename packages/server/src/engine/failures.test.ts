import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { CustomStreamError, StreamError } from '../runnable/stream-errors.js'
import {
  ALICE,
  added,
  callTo,
  delta,
  done,
  message,
  readEvents,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

const failing = (thrown: unknown) =>
  callTo(async function* (context) {
    yield done(message(context, 'msg_1', 'before'))
    throw thrown
  })

describe('a run that fails', () => {
  it.each([
    [
      'a CustomStreamError',
      new CustomStreamError('Too long.', true),
      { code: 'custom', message: 'Too long.', allow_retry: true },
    ],
    [
      'a CustomStreamError without more',
      new CustomStreamError('No.'),
      { code: 'custom', message: 'No.', allow_retry: false },
    ],
    ['a StreamError', new StreamError('stream.error'), { code: 'stream.error', allow_retry: true }],
    ['a StreamError with a code of its own', new StreamError('quota'), { code: 'quota', allow_retry: false }],
    ['a StreamError that may be retried', new StreamError('quota', true), { code: 'quota', allow_retry: true }],
    [
      'a model that does not answer',
      new ParleyError('model_failed', 'The model did not answer.'),
      { code: 'custom', message: 'The model did not answer.', allow_retry: true },
    ],
    ['anything else', new TypeError('secret detail'), { code: 'stream.error', allow_retry: true }],
    ['a thrown string', 'secret detail', { code: 'stream.error', allow_retry: true }],
  ])('with %s says so in an error event', async (_, thrown, event) => {
    const { engine } = testEngine()

    const events = await readEvents(await engine.startThread(failing(thrown), userText('Hi')))

    expect(events.slice(-2)).toEqual([
      { type: 'error', ...event },
      expect.objectContaining({ type: 'run.ended', run_id: expect.any(String), status: 'failed' }),
    ])
  })

  it('keeps what was done, and records the failure', async () => {
    const test = testEngine()

    const stream = await test.engine.startThread(failing(new CustomStreamError('No.')), userText('Hi'))
    await readEvents(stream)

    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'before'])
    expect(await test.store.loadRun(stream.run.id, ALICE)).toMatchObject({
      status: 'failed',
      error: { code: 'custom', message: 'No.' },
    })
  })

  it('keeps the text a person has begun to read, and tells it before the error', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield added(message(context, 'msg_1'))
      yield delta('msg_1', 'Half an ans')
      yield added(message(context, 'msg_2'))
      yield delta('msg_2', '  \n')
      throw new Error('gone')
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    const events = await readEvents(stream)

    expect(typesOf(events).slice(-3)).toEqual(['thread.item.done assistant_message', 'error', 'run.ended'])
    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Half an ans'])
  })

  it('keeps no text the app itself has removed', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield added(message(context, 'msg_1'))
      yield delta('msg_1', 'Unwanted')
      yield { type: 'thread.item.removed', item_id: 'msg_1' }
      throw new Error('gone')
    })

    const stream = await test.engine.startThread(call, userText('Hi'))
    await readEvents(stream)

    expect((await storedItems(test, stream.run.threadId)).map(textOf)).toEqual(['Hi'])
  })

  it('still stores and tells the changed thread, behind the error', async () => {
    const { engine, store } = testEngine()
    const call = callTo(async function* (context) {
      yield { type: 'progress_update', text: 'one' }
      context.thread.title = 'Weather'
      throw new Error('gone')
    })

    const stream = await engine.startThread(call, userText('Hi'))

    expect(typesOf(await readEvents(stream)).slice(-3)).toEqual(['error', 'thread.updated', 'run.ended'])
    expect(await store.loadThread(stream.run.threadId, ALICE)).toMatchObject({ title: 'Weather' })
  })

  it('because an item cannot be stored ends like any other', async () => {
    const test = testEngine()
    const call = callTo(async function* (context) {
      yield { type: 'thread.item.replaced', item: message(context, 'unknown', 'x') }
    })

    const events = await readEvents(await test.engine.startThread(call, userText('Hi')))

    expect(typesOf(events).slice(-2)).toEqual(['error', 'run.ended'])
  })

  it('before its first event, in the hook for the stream options, ends like any other', async () => {
    const { engine } = testEngine()
    const call = callTo(
      async function* () {
        yield* []
      },
      { streamOptions: () => Promise.reject(new Error('gone')) },
    )

    const events = await readEvents(await engine.startThread(call, userText('Hi')))

    expect(typesOf(events).slice(-2)).toEqual(['error', 'run.ended'])
  })

  it('unforeseen leaves a line in the log, foreseen does not', async () => {
    const test = testEngine()

    await readEvents(await test.engine.startThread(failing(new Error('x')), userText('Hi')))
    await readEvents(await test.engine.startThread(failing(new CustomStreamError('No.')), userText('Hi')))

    expect(test.logged).toEqual(['A run failed.'])
  })

  it('ends for its readers even when its end cannot be stored', async () => {
    const { engine, store } = testEngine()
    const broken = testEngine({ store: { ...store, endRun: () => Promise.reject(new Error('disk full')) } })
    await engine.close()

    const events = await readEvents(
      await broken.engine.startThread(failing(new CustomStreamError('No.')), userText('Hi')),
    )

    expect(events.at(-1)).toMatchObject({ type: 'run.ended', status: 'failed' })
    expect(broken.logged).toContain('The end of a run could not be stored.')
  })
})
