import { describe, expect, it } from 'vitest'
import { nextTime } from './next-time.js'

const after = new Date('2026-01-30T10:15:30Z') // a Friday

describe('the next time of a schedule', () => {
  it.each([
    ['* * * * *', '2026-01-30T10:16:00Z'],
    ['*/15 * * * *', '2026-01-30T10:30:00Z'],
    ['5-7,40/10 * * * *', '2026-01-30T10:40:00Z'],
    ['15 10 * * *', '2026-01-31T10:15:00Z'],
    ['0 9 * * 1', '2026-02-02T09:00:00Z'],
    ['0 9 * * mon-wed', '2026-02-02T09:00:00Z'],
    ['0 0 * * 7', '2026-02-01T00:00:00Z'],
    ['0 0 31 * *', '2026-01-31T00:00:00Z'],
    ['30 6 1 MAR *', '2026-03-01T06:30:00Z'],
    ['0 0 29 2 *', '2028-02-29T00:00:00Z'],
    ['0 0 13 * 5', '2026-02-06T00:00:00Z'],
    ['@daily', '2026-01-31T00:00:00Z'],
    ['@hourly', '2026-01-30T11:00:00Z'],
  ])('%s', (schedule, expected) => {
    expect(nextTime(schedule, after)).toEqual(new Date(expected))
  })

  it('may never come', () => {
    expect(nextTime('0 0 31 2 *', after)).toBe(null)
  })

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    'x * * * *',
    '5-2 * * * *',
    '*/0 * * * *',
    '* * * * 8',
  ])('refuses "%s" in words', (schedule) => {
    expect(() => nextTime(schedule, after)).toThrow(/^schedule/)
  })
})
