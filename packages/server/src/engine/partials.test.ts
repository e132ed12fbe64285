import { describe, expect, it } from 'vitest'
import {
  added,
  callTo,
  deferred,
  delta,
  done,
  message,
  readEvents,
  readUntil,
  storedItems,
  testEngine,
  textOf,
  userText,
} from '../testing/engine-fixture.js'

function growingAnswer() {
  const goOn = deferred()
  const call = callTo(async function* (context) {
    const { id } = message(context, context.generateId('message'))
    yield added(message(context, id))
    yield delta(id, 'Half')
    await goOn.promise
    yield done(message(context, id, 'Half and half'))
  })
  return { call, finish: goOn.resolve }
}

const snapshots = (writes: string[]) => writes.filter((name) => name === 'savePartials').length

describe('an answer that is being written', () => {
  it('is there again after a crash, up to the last second', async () => {
    const test = testEngine()
    const stream = await test.engine.startThread(growingAnswer().call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')
    test.clock.advance(1000)

    const restarted = testEngine({ store: test.store })

    expect(await restarted.engine.sweep()).toBe(1)
    expect((await storedItems(restarted, stream.run.threadId)).map(textOf)).toEqual(['Hi', 'Half'])
    const resumed = await restarted.engine.resumeRun(growingAnswer().call, stream.run.threadId, {})
    expect((await readEvents(resumed)).at(-1)).toMatchObject({ status: 'interrupted' })
  })

  it('is kept by one write a second, however many are being written', async () => {
    const test = testEngine()
    const answers = Array.from({ length: 5 }, growingAnswer)
    for (const { call } of answers) {
      await readUntil(await test.engine.startThread(call, userText('Hi')), 'thread.item.updated')
    }

    expect(snapshots(test.writes)).toBe(0)
    test.clock.advance(1000)
    expect(snapshots(test.writes)).toBe(1)
    for (const { finish } of answers) finish()
  })

  it('shares the database with everybody else when very many are being written', async () => {
    const test = testEngine()
    const answers = Array.from({ length: 100 }, growingAnswer)
    const streams = await Promise.all(answers.map(({ call }) => test.engine.startThread(call, userText('Hi'))))
    await Promise.all(streams.map((stream) => readUntil(stream, 'thread.item.updated')))

    test.clock.advance(1000)
    expect(snapshots(test.writes)).toBe(1)
    await expect.poll(() => snapshots(test.writes)).toBe(4)

    const restarted = testEngine({ store: test.store })
    expect(await restarted.engine.sweep()).toBe(100)
    for (const { run } of streams)
      expect((await storedItems(restarted, run.threadId)).map(textOf)).toEqual(['Hi', 'Half'])
  })

  it('is not written again while nothing is added', async () => {
    const test = testEngine()
    const { call, finish } = growingAnswer()
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')

    for (let second = 0; second < 10; second += 1) test.clock.advance(1000)

    expect(snapshots(test.writes)).toBe(1)
    finish()
    await readEvents(await test.engine.resumeRun(call, stream.run.threadId, {}))
  })

  it('goes on when a snapshot fails', async () => {
    const { store } = testEngine()
    const test = testEngine({ store: { ...store, savePartials: () => Promise.reject(new Error('disk full')) } })
    const { call, finish } = growingAnswer()
    const stream = await test.engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'thread.item.updated')
    test.clock.advance(1000)

    finish()

    const resumed = await test.engine.resumeRun(call, stream.run.threadId, {})
    expect((await readEvents(resumed)).at(-1)).toMatchObject({ status: 'completed' })
    expect(test.logged).toHaveLength(1)
  })
})
