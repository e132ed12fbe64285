import { describe, expect, it } from 'vitest'
import {
  answer,
  callTo,
  readEvents,
  storedItems,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

async function threadOfTwo() {
  const test = testEngine()
  const first = await test.engine.startThread(answer('First answer'), userText('One'))
  await readEvents(first)
  const { threadId } = first.run
  await readEvents(await test.engine.addUserMessage(answer('Second answer'), threadId, userText('Two')))
  const items = await storedItems(test, threadId)
  const idOf = (text: string) => items.find((item) => textOf(item) === text)?.id ?? ''
  return { test, threadId, idOf }
}

describe('retryAfterItem', () => {
  it('removes what came after the message, without a word, and answers it again', async () => {
    const { test, threadId, idOf } = await threadOfTwo()

    const events = await readEvents(await test.engine.retryAfterItem(answer('Better'), threadId, idOf('One')))

    expect(typesOf(events)).toEqual([
      'run.started',
      'stream_options',
      'thread.item.added assistant_message',
      'thread.item.updated',
      'thread.item.done assistant_message',
      'run.ended',
    ])
    const items = await storedItems(test, threadId)
    expect(items.map(textOf)).toEqual(['One', 'Better'])
    expect(items[0]?.id).toBe(idOf('One'))
  })

  it('hands the app the message as it was sent', async () => {
    const { test, threadId, idOf } = await threadOfTwo()
    let seen: unknown
    const call = callTo(async function* ({ trigger }) {
      seen = trigger
      yield* []
    })

    await readEvents(await test.engine.retryAfterItem(call, threadId, idOf('Two')))

    expect(seen).toMatchObject({ type: 'retry', item: { id: idOf('Two'), type: 'user_message' } })
  })

  it('finds a message far back', async () => {
    const { test, threadId, idOf } = await threadOfTwo()
    for (let turn = 0; turn < 25; turn += 1) {
      await readEvents(await test.engine.addUserMessage(answer('more'), threadId, userText('more')))
    }

    await readEvents(await test.engine.retryAfterItem(answer('Better'), threadId, idOf('One')))

    expect((await storedItems(test, threadId)).map(textOf)).toEqual(['One', 'Better'])
  })

  it.each([
    ['an answer', 'First answer', 'not_retryable'],
    ['an unknown item', 'no such text', 'item_not_found'],
  ])('refuses %s and removes nothing', async (_, text, code) => {
    const { test, threadId, idOf } = await threadOfTwo()

    const retry = test.engine.retryAfterItem(answer('Better'), threadId, idOf(text) || 'unknown')

    await expect(retry).rejects.toMatchObject({ code })
    expect(await storedItems(test, threadId)).toHaveLength(4)
  })
})
