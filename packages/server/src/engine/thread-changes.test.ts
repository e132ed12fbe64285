import { describe, expect, it } from 'vitest'
import {
  ALICE,
  callTo,
  deferred,
  done,
  message,
  readEvents,
  readUntil,
  testEngine,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

const ofThread = (types: string[]) => types.filter((type) => !type.startsWith('run.')).slice(3)

describe('a change of the thread by the app', () => {
  it('is stored and told right after the event during which it happened', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* (context) {
      yield { type: 'progress_update', text: 'one' }
      context.thread.title = 'Weather'
      yield { type: 'progress_update', text: 'two' }
      yield done(message(context, 'msg_1', 'Sunny'))
    })

    const events = await readEvents(await engine.startThread(call, userText('Hi')))

    expect(ofThread(typesOf(events))).toEqual([
      'progress_update',
      'progress_update',
      'thread.updated',
      'thread.item.done assistant_message',
    ])
  })

  it('is told at the end when no event followed', async () => {
    const { engine, store } = testEngine()
    const call = callTo(async function* (context) {
      yield { type: 'progress_update', text: 'one' }
      context.thread.title = 'Weather'
    })

    const stream = await engine.startThread(call, userText('Hi'))

    expect(typesOf(await readEvents(stream)).slice(-2)).toEqual(['thread.updated', 'run.ended'])
    expect(await store.loadThread(stream.run.threadId, ALICE)).toMatchObject({ title: 'Weather' })
  })

  it('is told with the title and status, without the server’s metadata and without items', async () => {
    const { engine, store } = testEngine()
    const call = callTo(async function* (context) {
      context.thread.title = 'Weather'
      context.thread.status = { type: 'locked', reason: 'done' }
      context.thread.metadata.secret = 42
      yield { type: 'progress_update', text: 'one' }
    })

    const stream = await engine.startThread(call, userText('Hi'))
    const updated = (await readEvents(stream)).find(({ type }) => type === 'thread.updated')

    expect(updated).toMatchObject({
      thread: {
        title: 'Weather',
        status: { type: 'locked', reason: 'done' },
        metadata: {},
        items: { data: [], has_more: false },
      },
    })
    expect((await store.loadThread(stream.run.threadId, ALICE)).metadata).toEqual({ secret: 42 })
  })

  it('of the metadata alone is told too', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* (context) {
      context.thread.metadata.step = { number: 1 }
      yield { type: 'progress_update', text: 'one' }
      const step = context.thread.metadata.step as { number: number }
      step.number = 2 // deep inside: compared all the same
      yield { type: 'progress_update', text: 'two' }
    })

    const events = await readEvents(await engine.startThread(call, userText('Hi')))

    expect(ofThread(typesOf(events))).toEqual([
      'progress_update',
      'thread.updated',
      'progress_update',
      'thread.updated',
    ])
  })

  it('does not take back the title a person gives meanwhile', async () => {
    const { engine, store } = testEngine()
    const renamed = deferred()
    const call = callTo(async function* (context) {
      yield { type: 'progress_update', text: 'one' }
      await renamed.promise
      context.thread.metadata.step = 2
      yield { type: 'progress_update', text: 'two' }
    })

    const stream = await engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'progress_update')
    await engine.updateThread(call, stream.run.threadId, { title: 'Mine' })
    renamed.resolve()
    await readEvents(await engine.resumeRun(call, stream.run.threadId, { runId: stream.run.id }))

    expect(await store.loadThread(stream.run.threadId, ALICE)).toMatchObject({ title: 'Mine', metadata: { step: 2 } })
  })
})
