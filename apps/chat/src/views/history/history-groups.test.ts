import { describe, expect, it } from 'vitest'
import { threadOf } from '../../testing/builders.js'
import { en } from '../../text/en.js'
import { groupByDay } from './history-groups.js'

describe('groupByDay', () => {
  const now = new Date(2026, 10, 20, 0, 30)
  const thread = (id: string, created: Date) => threadOf(id, { created_at: created.toISOString() })

  it('counts calendar days, not hours, and names older months', () => {
    const groups = groupByDay(
      [
        thread('just now', new Date(2026, 10, 20, 0, 10)),
        thread('an hour ago', new Date(2026, 10, 19, 23, 30)),
        thread('last week', new Date(2026, 10, 14)),
        thread('long ago', new Date(2026, 8, 3)),
      ],
      now,
      en,
      'en',
    )

    expect(groups.map(({ label, threads }) => [label, threads.map(({ id }) => id)])).toEqual([
      ['Today', ['just now']],
      ['Yesterday', ['an hour ago']],
      ['Previous 7 days', ['last week']],
      ['September 2026', ['long ago']],
    ])
  })

  it('keeps a chat whose date cannot be read', () => {
    expect(groupByDay([threadOf('odd', { created_at: 'soon' })], now, en, 'en')).toHaveLength(1)
  })
})
