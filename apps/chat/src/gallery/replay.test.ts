import { type ThreadItem, threadStreamEventSchema } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { CATALOGUE, findSample } from '../samples/catalogue.js'
import { readSource, writeSource } from './read-source.js'
import { replayItem } from './replay.js'

const samples = CATALOGUE.flatMap((group) => group.samples)

function itemOf(id: string): ThreadItem {
  const sample = findSample(id) ?? expect.unreachable(id)
  return readSource(sample, writeSource(sample)).scene?.items[0] ?? expect.unreachable(id)
}

describe('a replayed sample', () => {
  it.each(samples.flatMap(({ id, kind }) => (kind === 'events' || kind === 'options' ? [] : [id])))(
    '%s is made of events a server may send, and ends as the item it is',
    (id) => {
      const item = itemOf(id)
      const events = [...replayItem(item)]

      for (const event of events) expect(threadStreamEventSchema.safeParse(event).error).toBeUndefined()
      expect(events.at(-1)).toEqual({ type: 'thread.item.done', item })
    },
  )

  it('grows word by word to the whole text, each citation behind its word', () => {
    const item = itemOf('assistant_message')
    const events = [...replayItem(item)]
    const deltas = events.flatMap((event) =>
      event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta'
        ? [event.update.delta]
        : [],
    )

    expect(item.type === 'assistant_message' && item.content[0]?.text).toBe(deltas.join(''))
    const cited = events.filter(
      (event) =>
        event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.annotation_added',
    )
    expect(cited).toHaveLength(3)
  })
})
