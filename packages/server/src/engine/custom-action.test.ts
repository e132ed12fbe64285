import type { WidgetItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { RunContext } from '../runnable/runnable.js'
import {
  ALICE,
  callTo,
  done,
  message,
  type Person,
  readEvents,
  testEngine,
  textOf,
  typesOf,
  userText,
} from '../testing/engine-fixture.js'

const widget = (context: RunContext<Person>): WidgetItem => ({
  id: 'widget_1',
  thread_id: context.thread.id,
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'widget',
  widget: { type: 'Card', children: [] },
})

/** Shows a widget and a message; says of an action where it came from. */
const app = callTo(async function* (context) {
  const { trigger } = context
  if (trigger.type === 'action') {
    yield done(message(context, 'msg_2', `${trigger.action.type} from ${trigger.sender?.id ?? 'the page'}`))
    return
  }
  yield done(widget(context))
  yield done(message(context, 'msg_1', 'Press it'))
})

async function threadWithWidget() {
  const test = testEngine()
  const stream = await test.engine.startThread(app, userText('Hi'))
  await readEvents(stream)
  return { ...test, threadId: stream.run.threadId }
}

const action = { type: 'press', payload: { times: 2 } }

describe('customAction', () => {
  it.each([
    ['of a widget', 'widget_1', 'press from widget_1'],
    ['of the page', undefined, 'press from the page'],
  ])('%s streams what the app makes of it', async (_, itemId, text) => {
    const { engine, threadId } = await threadWithWidget()

    const events = await readEvents(await engine.customAction(app, threadId, { itemId, action }))

    expect(typesOf(events)).toEqual([
      'run.started',
      'stream_options',
      'thread.item.done assistant_message',
      'run.ended',
    ])
    expect(events[2] && 'item' in events[2] ? textOf(events[2].item) : '').toBe(text)
  })

  it('of an item that is no widget is an error in the stream; nothing runs and nothing is written', async () => {
    const { engine, threadId, writes } = await threadWithWidget()
    const before = writes.length

    const events = await readEvents(await engine.customAction(app, threadId, { itemId: 'msg_1', action }))

    expect(typesOf(events)).toEqual(['run.started', 'error', 'run.ended'])
    expect(events[1]).toEqual({ type: 'error', code: 'stream.error', allow_retry: false })
    expect(writes).toHaveLength(before)
  })

  it('of an unknown item is refused', async () => {
    const { engine, threadId } = await threadWithWidget()

    await expect(engine.customAction(app, threadId, { itemId: 'unknown', action })).rejects.toMatchObject({
      code: 'item_not_found',
    })
  })
})

describe('syncCustomAction', () => {
  const syncApp = callTo(app.app.run, {
    async syncAction({ type }, sender, { thread }) {
      thread.title = type
      return { updated_item: { ...sender, copy_text: 'pressed' } }
    },
  })

  it('answers with the widget as the app changed it, and stores the thread', async () => {
    const { engine, store, threadId } = await threadWithWidget()

    const answered = await engine.syncCustomAction(syncApp, threadId, { itemId: 'widget_1', action })

    expect(answered).toMatchObject({ updated_item: { id: 'widget_1', copy_text: 'pressed' } })
    expect(await store.loadThread(threadId, ALICE)).toMatchObject({ title: 'press' })
    expect(await store.loadItem(threadId, 'widget_1', ALICE)).not.toHaveProperty('copy_text')
  })

  it('answers with nothing when nothing changed', async () => {
    const { engine, threadId } = await threadWithWidget()
    const still = callTo(app.app.run, { syncAction: async () => ({}) })

    expect(await engine.syncCustomAction(still, threadId, { itemId: 'widget_1', action })).toEqual({})
  })

  it.each([
    ['an item that is no widget', 'msg_1', 'conflict'],
    ['an unknown item', 'unknown', 'item_not_found'],
    ['no item', undefined, 'invalid_request'],
  ])('refuses %s', async (_, itemId, code) => {
    const { engine, threadId } = await threadWithWidget()

    await expect(engine.syncCustomAction(syncApp, threadId, { itemId, action })).rejects.toMatchObject({ code })
  })

  it('says so when the app has none', async () => {
    const { engine, threadId } = await threadWithWidget()

    await expect(engine.syncCustomAction(app, threadId, { itemId: 'widget_1', action })).rejects.toMatchObject({
      code: 'not_configured',
    })
  })
})
