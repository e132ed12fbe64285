import type { UserMessageItem, WidgetItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { stateOfThread } from '../../agents/fill-text.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { readEvents } from '../../testing/read-events.js'
import { readError } from '../../testing/read-json.js'
import { testParley } from '../../testing/test-parley.js'
import { begin, done, itemsOf, say, types } from './streams.fixture.js'

describe('threads.retry_after_item', () => {
  it('drops what came after the message and answers it again', async () => {
    const inputs: (UserMessageItem | null)[] = []
    const parley = testParley({
      respond(thread, input) {
        inputs.push(input)
        return streamText(thread, `Answer ${inputs.length}`)
      },
    })
    const { threadId } = await begin(parley)
    const [message, answer] = await itemsOf(parley, threadId)

    const retry = { thread_id: threadId, item_id: message?.id }
    const events = await readEvents(await parley.send('threads.retry_after_item', retry))

    expect(types(events).slice(0, 2)).toEqual(['stream_options', 'thread.item.added'])
    expect(inputs.map((input) => input?.id)).toEqual([message?.id, message?.id])
    expect(await itemsOf(parley, threadId)).toMatchObject([message, { content: [{ text: 'Answer 2' }] }])

    const ofAnswer = await parley.send('threads.retry_after_item', { thread_id: threadId, item_id: answer?.id })
    expect(ofAnswer.status).toBe(404)
  })

  it('refuses to retry an answer', async () => {
    const parley = testParley({ respond: say('Hello') })
    const { threadId } = await begin(parley)
    const [, answer] = await itemsOf(parley, threadId)

    const response = await parley.send('threads.retry_after_item', { thread_id: threadId, item_id: answer?.id })

    expect(response.status).toBe(409)
    expect((await readError(response)).code).toBe('not_retryable')
  })
})

describe('threads.add_client_tool_output', () => {
  const call = { type: 'client_tool_call', status: 'pending', call_id: 'c1', name: 'where', arguments: { unit: null } }

  it('completes the pending call and lets the app go on', async () => {
    const parley = testParley({
      async *respond(thread, input) {
        if (input) yield done({ ...call, id: 'call' }, thread)
        else yield* streamText(thread, 'Near you')
      },
    })
    const { threadId, events: first } = await begin(parley)

    const output = { thread_id: threadId, result: { city: 'Bern', zip: null } }
    const events = await readEvents(await parley.send('threads.add_client_tool_output', output))

    expect(first.at(-1)).toMatchObject({ item: { status: 'pending', arguments: { unit: null } } })
    expect(types(events).slice(0, 2)).toEqual(['stream_options', 'thread.item.added'])
    expect((await itemsOf(parley, threadId))[1]).toMatchObject({
      status: 'completed',
      output: { city: 'Bern', zip: null },
    })
  })
})

describe('threads.add_structured_input', () => {
  const form = {
    id: 'form',
    type: 'structured_input',
    status: 'pending',
    inputs: [
      {
        id: 'size',
        type: 'multiple_choice',
        question: 'Size?',
        options: [{ value: 'S' }, { value: 'M' }],
        multiple: false,
      },
      { id: 'note', type: 'freeform', question: 'Anything else?' },
    ],
  }

  it('fills the form in, shows it and lets the app go on; a second answer is refused', async () => {
    const parley = testParley({
      async *respond(thread, input) {
        if (input) yield done(form, thread)
        else yield* streamText(thread, 'Thanks')
      },
    })
    const { threadId } = await begin(parley)
    const answer = { thread_id: threadId, item_id: 'form', input: { answers: { size: { values: ['L', 'M'] } } } }

    const events = await readEvents(await parley.send('threads.add_structured_input', answer))
    const again = await parley.send('threads.add_structured_input', answer)

    expect(types(events).slice(0, 3)).toEqual(['stream_options', 'thread.item.replaced', 'thread.item.added'])
    expect((await itemsOf(parley, threadId))[1]).toMatchObject({
      status: 'answered',
      inputs: [{ answer: { values: ['L'], skipped: false } }, { answer: { values: [], skipped: true } }],
    })
    expect(again.status).toBe(409)
    expect((await readError(again)).code).toBe('item_not_pending')
  })
})

describe('threads.custom_action', () => {
  const widget = { id: 'w', type: 'widget', widget: { type: 'Card', children: [] } }

  function parleyWithWidget(seen: { action: unknown; sender: WidgetItem | null }[]) {
    return testParley({
      async *respond(thread) {
        yield done(widget, thread)
        yield done({ id: 'end', type: 'end_of_turn' }, thread)
      },
      async *action(thread, action, sender) {
        seen.push({ action, sender })
        yield* streamText(thread, 'Bought')
      },
      syncAction: async (_thread, _action, sender) =>
        sender.id === 'w' ? { updated_item: { ...sender, copy_text: 'new' } } : {},
    })
  }

  it('reaches the app with the widget, or without one', async () => {
    const seen: { action: unknown; sender: WidgetItem | null }[] = []
    const parley = parleyWithWidget(seen)
    const { threadId } = await begin(parley)
    const act = async (more: object) =>
      readEvents(
        await parley.send('threads.custom_action', {
          thread_id: threadId,
          action: { type: 'buy', payload: { n: null } },
          ...more,
        }),
      )

    expect(types(await act({ item_id: 'w' })).slice(0, 2)).toEqual(['stream_options', 'thread.item.added'])
    expect(types(await act({ item_id: null }))[0]).toBe('stream_options')
    expect(seen).toMatchObject([
      { action: { type: 'buy', payload: { n: null } }, sender: { id: 'w' } },
      { action: { type: 'buy' }, sender: null },
    ])
  })

  it('on an item that is no widget is one error event and runs nothing', async () => {
    const seen: { action: unknown; sender: WidgetItem | null }[] = []
    const parley = parleyWithWidget(seen)
    const { threadId } = await begin(parley)

    const events = await readEvents(
      await parley.send('threads.custom_action', { thread_id: threadId, item_id: 'end', action: { type: 'buy' } }),
    )

    expect(events).toEqual([{ type: 'error', code: 'stream.error', allow_retry: false }])
    expect(seen).toEqual([])
  })

  it('answers at once as threads.sync_custom_action', async () => {
    const parley = parleyWithWidget([])
    const { threadId } = await begin(parley)
    const params = { thread_id: threadId, action: { type: 'buy' } }

    const updated = await parley.send('threads.sync_custom_action', { ...params, item_id: 'w' })
    const noWidget = await parley.send('threads.sync_custom_action', { ...params, item_id: 'end' })

    expect(await updated.json()).toMatchObject({ updated_item: { id: 'w', copy_text: 'new' } })
    expect(noWidget.status).toBe(409)
  })
})

describe('the state that a message brings along', () => {
  it('is there before the app answers, in a new thread and in one of before', async () => {
    const seen: unknown[] = []
    const parley = testParley({
      respond(thread) {
        seen.push(stateOfThread(thread))
        return streamText(thread, 'Hello')
      },
    })
    const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} }

    const [created] = await readEvents(await parley.send('threads.create', { input, state: { plan: 'pro' } }))
    const { id: thread_id } = Object(Object(created).thread) as { id: string }
    await readEvents(await parley.send('threads.add_user_message', { thread_id, input, state: { seats: 3 } }))
    await readEvents(await parley.send('threads.add_user_message', { thread_id, input }))

    expect(seen).toEqual([{ plan: 'pro' }, { plan: 'pro', seats: 3 }, { plan: 'pro', seats: 3 }])
  })
})
