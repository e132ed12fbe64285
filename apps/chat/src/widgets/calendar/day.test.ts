import { describe, expect, it } from 'vitest'
import { addMonths, clampDay, firstWeekdayOf, formatDay, readDay, toIso, weeksOf } from './day.js'

describe('days', () => {
  it('are read as written, whatever the zone, and written as the start of the day in UTC', () => {
    expect(readDay('2026-11-20T23:59:00-08:00')).toEqual({ year: 2026, month: 11, day: 20 })
    expect(toIso({ year: 2026, month: 11, day: 20 })).toBe('2026-11-20T00:00:00.000Z')
  })

  it.each(['2026-02-30', '20.11.2026', 'x', 7, null, '2026-13-01'])('are not %j', (value) => {
    expect(readDay(value)).toBeNull()
  })

  it('move by months without falling off the end, and stay between the first and the last', () => {
    expect(addMonths({ year: 2026, month: 1, day: 31 }, 1)).toEqual({ year: 2026, month: 2, day: 28 })
    const day = { year: 2026, month: 5, day: 1 }
    expect(clampDay(day, { ...day, day: 9 }, null).day).toBe(9)
  })

  it('fill whole weeks from the day a week starts on', () => {
    const weeks = weeksOf({ year: 2026, month: 11, day: 1 }, 1)

    expect(weeks[0]?.[0]).toEqual({ year: 2026, month: 10, day: 26 })
    expect(weeks).toHaveLength(6)
    expect([firstWeekdayOf('en-US'), firstWeekdayOf('de'), firstWeekdayOf('ar-EG')]).toEqual([0, 1, 6])
  })

  it('are shown in the language of the chat', () => {
    expect(formatDay({ year: 2026, month: 11, day: 20 }, 'de')).toBe('20.11.2026')
  })
})
