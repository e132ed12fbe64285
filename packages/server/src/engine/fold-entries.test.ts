import type { RunEvent } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delta } from '../testing/engine-fixture.js'
import type { LogEntry } from './engine.js'
import { entryBehind, foldEntries } from './fold-entries.js'

const number = (events: RunEvent[], first = 1): LogEntry[] =>
  events.map((event, index) => ({ sequence: first + index, event }))

/** All text of one item, in the order of the entries. */
function textOf(entries: LogEntry[], itemId: string): string {
  return entries
    .map(({ event }) =>
      event.type === 'thread.item.updated' && event.item_id === itemId && 'delta' in event.update
        ? event.update.delta
        : '',
    )
    .join('')
}

const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom('a', 'b'), fc.string()).map(([id, text]) => delta(id, text)) },
  { weight: 1, arbitrary: fc.constant<RunEvent>({ type: 'notice', level: 'info', message: 'between' }) },
  { weight: 1, arbitrary: fc.string().map((text): RunEvent => ({ type: 'progress_update', text })) },
)

describe('foldEntries', () => {
  it('makes one entry of neighbouring text, with the number of the last', () => {
    const [folded, ...rest] = foldEntries(number([delta('a', 'one '), delta('a', 'two '), delta('a', 'three')]))

    expect(folded?.sequence).toBe(3)
    expect(folded?.event).toEqual(delta('a', 'one two three'))
    expect(rest).toEqual([])
  })

  it('keeps only the last of states that replace each other', () => {
    const task = (title: string): RunEvent => ({
      type: 'thread.item.updated',
      item_id: 'wf_1',
      update: {
        type: 'workflow.task.updated',
        task_index: 0,
        task: { type: 'custom', title, status_indicator: 'none' },
      },
    })

    expect(foldEntries(number([task('1'), delta('a', 'x'), task('2')]))).toEqual([
      { sequence: 2, event: delta('a', 'x') },
      { sequence: 3, event: task('2') },
    ])
  })

  it('loses no text and repeats none, wherever a reader goes on', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), fc.nat(40), (events, after) => {
        const whole = number(events)
        const unseen = whole.filter(({ sequence }) => sequence > after)
        const folded = foldEntries(whole).filter(({ sequence }) => sequence > after)
        const read = folded.map((entry) => entryBehind(entry, after))
        for (const id of ['a', 'b']) expect(textOf(read, id)).toBe(textOf(unseen, id))
      }),
    )
  })
})
