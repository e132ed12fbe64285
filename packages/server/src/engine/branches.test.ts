import { describe, expect, it } from 'vitest'
import {
  ALICE,
  added,
  answer,
  BOB,
  callTo,
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

/** Two questions with their answers. */
async function conversation() {
  const test = testEngine()
  const { engine } = test
  const threadId = (await engine.createThread(answer(''), {})).thread.id
  const say = async (text: string, reply: string, options = {}) => {
    await readEvents(await engine.addUserMessage(answer(reply), threadId, userText(text), options))
    return idsOf(await storedItems(test, threadId))
  }
  const ids = await say('one', 'first')
  const all = await say('two', 'second')
  const shown = async () => (await storedItems(test, threadId)).map(textOf)
  const branches = async () => {
    const { items, left } = await engine.readBranches(answer(''), threadId)
    const textById = new Map([...items, ...left.map(({ item }) => item)].map((item) => [item.id, textOf(item)]))
    return left.map(({ item, follows }) => [textOf(item), follows === null ? null : textById.get(follows)])
  }
  return { ...test, threadId, say, ids, all, shown, branches }
}
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)

/** An answer that is written on and on. */
const endless = callTo(async function* (context) {
  yield done(message(context, 'msg_done', 'A step'))
  yield added(message(context, 'msg_open'))
  yield delta('msg_open', 'Half')
  await new Promise(() => undefined)
})

describe('a branch', () => {
  it('is left when a message takes the place of another, and stays to be read', async () => {
    const { say, ids, shown, branches } = await conversation()

    await say('three', 'third', { behind: ids[1], branching: true })

    expect(await shown()).toEqual(['one', 'first', 'three', 'third'])
    expect(await branches()).toEqual([
      ['two', 'first'],
      ['second', 'two'],
    ])
  })

  it('is turned back into when somebody goes on in it', async () => {
    const { say, ids, all, shown, branches } = await conversation()
    await say('three', 'third', { behind: ids[1], branching: true })

    await say('four', 'fourth', { behind: all[3], branching: true })

    expect(await shown()).toEqual(['one', 'first', 'two', 'second', 'four', 'fourth'])
    expect(await branches()).toEqual([
      ['three', 'first'],
      ['third', 'three'],
    ])
  })

  it('is left by answering again, wherever the message stands', async () => {
    const { engine, threadId, say, all, shown, branches } = await conversation()
    const again = async (reply: string, itemId = '') =>
      readEvents(await engine.retryAfterItem(answer(reply), threadId, itemId, { branching: true }))

    await again('better', all[2])
    expect(await shown()).toEqual(['one', 'first', 'two', 'better'])
    await say('zero', 'nought', { behind: null, branching: true })
    expect(await shown()).toEqual(['zero', 'nought'])
    await again('best', all[2])

    expect(await shown()).toEqual(['one', 'first', 'two', 'best'])
    expect(await branches()).toEqual([
      ['second', 'two'],
      ['better', 'two'],
      ['zero', null],
      ['nought', 'zero'],
    ])
  })

  it('comes back with the rollback of the run that took its place', async () => {
    const { engine, threadId, ids, shown, branches } = await conversation()
    const other = await engine.addUserMessage(endless, threadId, userText('three'), { behind: ids[1], branching: true })
    await readUntil(other, 'thread.item.updated')

    await engine.cancelRun(endless, threadId, { rollback: true })

    expect(await shown()).toEqual(['one', 'first', 'two', 'second'])
    expect(await branches()).toEqual([])
  })

  it('is left again, and what was left for it comes back, with the rollback of a run that had turned into it', async () => {
    const { engine, threadId, say, ids, all, shown, branches } = await conversation()
    await say('three', 'third', { behind: ids[1], branching: true })
    const other = await engine.addUserMessage(endless, threadId, userText('four'), { behind: all[3], branching: true })
    await readUntil(other, 'thread.item.updated')

    await engine.cancelRun(endless, threadId, { rollback: true })

    expect(await shown()).toEqual(['one', 'first', 'three', 'third'])
    expect(await branches()).toEqual([
      ['two', 'first'],
      ['second', 'two'],
    ])
  })

  it('comes back with the rollback of another answer', async () => {
    const { engine, threadId, all, shown, branches } = await conversation()
    const again = await engine.retryAfterItem(endless, threadId, all[0] ?? '', { branching: true })
    await readUntil(again, 'thread.item.updated')

    await engine.cancelRun(endless, threadId, { rollback: true })

    expect(await shown()).toEqual(['one', 'first', 'two', 'second'])
    expect(await branches()).toEqual([])
  })

  it('is left by a change of the history, and copied with its thread', async () => {
    const { engine, threadId, ids, shown } = await conversation()
    await engine.changeHistory(answer(''), threadId, {
      messages: [{ role: 'user', text: 'elsewhere' }],
      behind: ids[0] ?? '',
    })

    const copy = await engine.copyThread(answer(''), threadId)

    expect(await shown()).toEqual(['one', 'elsewhere'])
    const { items, left } = await engine.readBranches(answer(''), copy.id)
    expect(items.map(textOf)).toEqual(['one', 'elsewhere'])
    expect(left.map(({ item }) => [textOf(item), item.thread_id])).toEqual(
      ['first', 'two', 'second'].map((text) => [text, copy.id]),
    )
  })

  it('is not kept unless that is asked for', async () => {
    const { say, ids, branches } = await conversation()

    await say('three', 'third', { behind: ids[1] })

    expect(await branches()).toEqual([])
  })

  it('belongs to the thread’s owner, and an unknown place changes nothing', async () => {
    const { engine, threadId, say, ids, shown } = await conversation()
    await say('three', 'third', { behind: ids[1], branching: true })

    const foreign = engine.readBranches({ ...answer(''), context: BOB }, threadId)
    await expect(foreign).rejects.toMatchObject({ code: 'thread_not_found' })
    await expect(say('x', 'y', { behind: 'nowhere', branching: true })).rejects.toMatchObject({
      code: 'item_not_found',
    })
    expect(await shown()).toEqual(['one', 'first', 'three', 'third'])
  })

  it('goes with the thread, and so does a message that is removed from it', async () => {
    const { engine, store, threadId, say, ids, all } = await conversation()
    await say('three', 'third', { behind: ids[1], branching: true })

    await engine.changeHistory(answer(''), threadId, { removedIds: [ids[1] ?? ''] })

    expect((await engine.readBranches(answer(''), threadId)).left).toEqual([])
    await expect(say('x', 'y', { behind: all[3], branching: true })).rejects.toMatchObject({ code: 'item_not_found' })
    await engine.deleteThread(answer(''), threadId)
    expect(await store.loadLeftItems?.(threadId, ALICE)).toEqual([])
  })
})
