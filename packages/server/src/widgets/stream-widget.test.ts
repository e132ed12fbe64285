import type { ThreadStreamEvent, WidgetRoot } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { streamWidget } from './stream-widget.js'

const thread = { id: 'thr_1' }
const card = (value: string): WidgetRoot => ({ type: 'Card', children: [{ type: 'Text', id: 't', value }] })

async function collect(events: AsyncIterable<ThreadStreamEvent>): Promise<ThreadStreamEvent[]> {
  const all: ThreadStreamEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

describe('B6: a widget', () => {
  it('that is finished is one done item with its copy text', async () => {
    const events = await collect(streamWidget(thread, card('Hi'), { copyText: 'Hi', generateId: () => 'msg_1' }))

    expect(events).toEqual([
      {
        type: 'thread.item.done',
        item: {
          id: 'msg_1',
          thread_id: 'thr_1',
          type: 'widget',
          created_at: expect.stringMatching(/Z$/),
          widget: card('Hi'),
          copy_text: 'Hi',
        },
      },
    ])
  })

  it('that grows keeps one id and time, even when its author changes one object in place', async () => {
    async function* states() {
      const state = card('')
      for (const value of ['H', 'Hi', 'Hi!']) {
        state.children = [{ type: 'Text', id: 't', value }]
        yield state
      }
    }

    const events = await collect(streamWidget(thread, states()))

    expect(events.map(({ type }) => type)).toEqual([
      'thread.item.added',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.done',
    ])
    const [added, , , done] = events
    expect(added).toMatchObject({ item: { widget: card('H') } })
    expect(events[2]).toMatchObject({ update: { delta: '!' } })
    expect(done).toMatchObject({ item: { widget: card('Hi!') } })
    expect('item' in done! && 'item' in added! && [done.item.id, done.item.created_at]).toEqual(
      'item' in added! && [added.item.id, added.item.created_at],
    )
  })

  it('without any state is nothing', async () => {
    async function* none(): AsyncGenerator<WidgetRoot> {
      yield* []
    }

    expect(await collect(streamWidget(thread, none()))).toEqual([])
  })
})
