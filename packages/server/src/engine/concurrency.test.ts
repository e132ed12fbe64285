import { describe, expect, it } from 'vitest'
import { busyThread } from '../testing/busy-thread.js'
import {
  answer,
  callTo,
  readEvents,
  readUntil,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

const second = answer('Second')

describe('a start on a thread whose answer is being written', () => {
  it('interrupts it unless told otherwise: what was written stays, in the right order', async () => {
    const test = testEngine()
    const { threadId, follow } = await busyThread(test)
    const first = readEvents(await follow())

    await readEvents(await test.engine.addUserMessage(second, threadId, userText('Two')))

    expect((await first).at(-1)).toMatchObject({ status: 'cancelled' })
    const visible = (await storedItems(test, threadId)).filter(({ type }) => type !== 'sdk_hidden_context')
    expect(visible.map(textOf)).toEqual(['One', 'Before', 'Half', 'Two', 'Second'])
  })

  it('is refused with `reject`', async () => {
    const test = testEngine()
    const { threadId, follow, finish } = await busyThread(test)

    const start = test.engine.addUserMessage(second, threadId, userText('Two'), { whenBusy: 'reject' })

    await expect(start).rejects.toMatchObject({ code: 'thread_busy' })
    finish()
    expect((await readEvents(await follow())).at(-1)).toMatchObject({ status: 'completed' })
  })

  it('waits for its turn with `enqueue`, first come first served', async () => {
    const test = testEngine()
    const { threadId, finish } = await busyThread(test)
    const send = async (text: string) =>
      readEvents(
        await test.engine.addUserMessage(answer(`to ${text}`), threadId, userText(text), { whenBusy: 'enqueue' }),
      )

    const all = Promise.all([send('Two'), send('Three'), send('Four')])
    finish()
    await all

    expect((await storedItems(test, threadId)).map(textOf)).toEqual([
      'One',
      'Before',
      'Half and half',
      'Two',
      'to Two',
      'Three',
      'to Three',
      'Four',
      'to Four',
    ])
  })

  it('removes all the running answer has added with `rollback`, its message included', async () => {
    const test = testEngine()
    const { threadId, follow } = await busyThread(test)
    const first = readEvents(await follow())

    await readEvents(await test.engine.addUserMessage(second, threadId, userText('Two'), { whenBusy: 'rollback' }))

    expect((await storedItems(test, threadId)).map(textOf)).toEqual(['Two', 'Second'])
    expect(typesOf(await first).slice(-3)).toEqual(['thread.item.removed', 'thread.item.removed', 'run.ended'])
  })

  it('leaves with `rollback` what an earlier run had added, also when the running one changed it', async () => {
    const test = testEngine()
    const opened = await test.engine.startThread(answer('Earlier'), userText('Zero'))
    await readEvents(opened)
    const { threadId } = opened.run
    const call = callTo(async function* ({ loadItems }) {
      const [, earlier] = (await loadItems({ limit: 10, order: 'asc' })).data
      if (earlier) yield { type: 'thread.item.replaced', item: earlier }
      await new Promise(() => undefined)
    })
    await readUntil(await test.engine.addUserMessage(call, threadId, userText('One')), 'thread.item.replaced')

    await readEvents(await test.engine.addUserMessage(second, threadId, userText('Two'), { whenBusy: 'rollback' }))

    expect((await storedItems(test, threadId)).map(textOf)).toEqual(['Zero', 'Earlier', 'Two', 'Second'])
  })

  it('stops nothing when it is not valid itself', async () => {
    const test = testEngine()
    const { threadId, follow, finish } = await busyThread(test)

    const start = test.engine.addUserMessage(second, threadId, userText('Two', ['atc_unknown']))

    await expect(start).rejects.toMatchObject({ code: 'attachment_not_found' })
    finish()
    expect((await readEvents(await follow())).at(-1)).toMatchObject({ status: 'completed' })
  })

  it('does not disturb other threads', async () => {
    const test = testEngine()
    const { follow, finish } = await busyThread(test)

    await readEvents(await test.engine.startThread(second, userText('Two')))

    finish()
    expect((await readEvents(await follow())).at(-1)).toMatchObject({ status: 'completed' })
  })
})

describe('two starts at the same moment', () => {
  it('become one answer after the other', async () => {
    const test = testEngine()
    const opened = await test.engine.startThread(answer('Hello'), userText('Hi'))
    await readEvents(opened)
    const { threadId } = opened.run

    const starts = ['Two', 'Three'].map((text) =>
      test.engine.addUserMessage(answer(`to ${text}`), threadId, userText(text), { whenBusy: 'enqueue' }),
    )
    await Promise.all((await Promise.all(starts)).map(readEvents))

    expect((await storedItems(test, threadId)).map(textOf)).toEqual([
      'Hi',
      'Hello',
      'Two',
      'to Two',
      'Three',
      'to Three',
    ])
  })
})
