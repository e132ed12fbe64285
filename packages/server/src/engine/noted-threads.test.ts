import { describe, expect, it } from 'vitest'
import {
  ALICE,
  answer,
  BOB,
  callTo,
  deferred,
  readEvents,
  testEngine,
  userText,
  visibleItems,
} from '../testing/engine-fixture.js'
import { notesOf } from './notes.js'

const call = answer('Hello')

describe('threads that begin without a message', () => {
  it('have the id and the notes of their caller, and are made once', async () => {
    const { engine } = testEngine()

    const made = await engine.createThread(call, { id: 'mine', title: 'Mine', metadata: { a: 1 }, state: { b: 2 } })
    const again = await engine.createThread(call, { id: 'mine', metadata: { a: 9 } })

    expect(made).toMatchObject({ created: true, thread: { id: 'mine', title: 'Mine' } })
    expect(notesOf(made.thread)).toMatchObject({ metadata: { a: 1 }, state: { b: 2 } })
    expect(again).toEqual({ created: false, thread: made.thread })
    const bobs = await engine.createThread({ ...call, context: BOB }, { id: 'mine' })
    expect(bobs.created).toBe(true)
  })

  it('show their notes to nobody who reads the chat', async () => {
    const { engine } = testEngine()
    await engine.createThread(call, { id: 'mine', metadata: { secret: 'for servers' } })

    expect(JSON.stringify(await engine.getThread(call, 'mine'))).not.toContain('for servers')
    expect(JSON.stringify(await engine.listThreads(call, {}))).not.toContain('for servers')
    const events = await readEvents(await engine.addUserMessage(call, 'mine', userText('Hi')))
    expect(JSON.stringify(events)).not.toContain('for servers')
  })

  it('keep notes that are taken while a run changes the thread', async () => {
    const { engine } = testEngine()
    const going = deferred()
    const naming = callTo(async function* (context) {
      context.thread.title = 'Named'
      yield { type: 'progress_update', text: 'On it' }
      await going.promise
      context.thread.title = 'Named again'
      yield { type: 'progress_update', text: 'Done' }
    })
    await engine.createThread(naming, { id: 'mine', metadata: { a: 1 } })
    const stream = await engine.addUserMessage(naming, 'mine', userText('Hi'))
    const reading = readEvents(stream)

    await engine.noteOnThread(naming, 'mine', { metadata: { b: 2 } })
    going.resolve()
    await reading

    const { thread } = await engine.readThread(naming, 'mine')
    expect(thread.title).toBe('Named again')
    expect(notesOf(thread).metadata).toEqual({ a: 1, b: 2 })
  })

  it('are copied with what was said, and go on apart', async () => {
    const test = testEngine()
    const { engine } = test
    await engine.createThread(call, { id: 'mine', metadata: { a: 1 } })
    await readEvents(await engine.addUserMessage(call, 'mine', userText('Hi')))

    const copy = await engine.copyThread(call, 'mine')
    await readEvents(await engine.addUserMessage(call, copy.id, userText('More')))

    expect(notesOf(copy).metadata).toEqual({ a: 1 })
    expect(await visibleItems(test, call, 'mine')).toHaveLength(2)
    expect(await visibleItems(test, call, copy.id)).toHaveLength(4)
  })

  it('are copied up to a message', async () => {
    const test = testEngine()
    const { engine } = test
    await engine.createThread(call, { id: 'mine' })
    for (const words of ['Hi', 'More']) await readEvents(await engine.addUserMessage(call, 'mine', userText(words)))
    const all = await visibleItems(test, call, 'mine')

    const copy = await engine.copyThread(call, 'mine', { before: all[2]?.id })

    expect(await visibleItems(test, call, copy.id)).toMatchObject(all.slice(0, 2).map(({ id }) => ({ id })))
    await expect(engine.copyThread(call, 'mine', { before: 'nothing' })).rejects.toMatchObject({
      code: 'item_not_found',
    })
  })

  it('go with a run they were made for alone, and its events stay for a while', async () => {
    const { engine } = testEngine()
    await engine.createThread(call, { id: 'mine' })

    const stream = await engine.addUserMessage(call, 'mine', userText('Hi'), { passing: true })
    const events = await readEvents(stream)

    expect(events.at(-1)).toMatchObject({ type: 'run.ended', status: 'completed' })
    await expect(engine.readThread(call, 'mine')).rejects.toMatchObject({ code: 'thread_not_found' })
    const again = engine.followRun(stream.run.id, 0, ({ userId }) => userId === ALICE.userId)
    expect((await readEvents(again)).at(-1)).toEqual(events.at(-1))
    expect(() => engine.followRun(stream.run.id, 0, ({ userId }) => userId === BOB.userId)).toThrow('no such run')
  })
})
