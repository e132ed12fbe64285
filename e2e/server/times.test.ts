import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Milliseconds: what seed 002 expects at the upper end ("Expected Response Times"), and its "Max Time". */
const GUIDE: Record<string, [expected: number, most: number]> = {
  'thread creation': [500, 2_000],
  'message send': [2_000, 5_000],
  'thread list': [200, 1_000],
  'agent response': [5_000, 30_000],
}

const handbook = readFileSync(new URL('../../docs/benchmark.md', import.meta.url), 'utf8')

it.each(Object.entries(GUIDE))(
  'A21: the benchmark has measured "%s" within the time of the guide',
  (name, [expected, most]) => {
    const row = new RegExp(
      `^\\| ${name} \\| ([\\d.]+) ms \\| ([\\d.]+) ms \\| (\\d+) ms, (\\d+) ms \\| met \\|$`,
      'm',
    ).exec(handbook)
    const [median, slowest, ...bars] = row?.slice(1).map(Number) ?? []

    expect(bars).toEqual([expected, most])
    expect(median).toBeLessThanOrEqual(expected)
    expect(slowest).toBeLessThanOrEqual(most)
  },
)
