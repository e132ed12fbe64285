import { describe, expect, it } from 'vitest'
import { readChart } from './chart-data.js'
import { linePath, type Point } from './curve.js'
import { areaOf, barsOf, lineOf } from './marks.js'
import { niceAxis, scaleTo, tickStride } from './scale.js'

describe('an axis', () => {
  it('has round steps around all values and zero', () => {
    expect(niceAxis([3, 97]).ticks).toEqual([0, 50, 100])
    expect(niceAxis([-12, 30]).ticks).toEqual([-20, 0, 20, 40])
    expect(niceAxis([0.1, 0.34]).ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4])
    expect(niceAxis([])).toEqual({ min: 0, max: 1, ticks: [0, 1] })
  })

  it('puts values between its ends and leaves out names that would not fit', () => {
    expect(scaleTo({ min: 0, max: 10, ticks: [] }, 100, 0)(2.5)).toBe(75)
    expect(tickStride(Array(12).fill('December'), 300, 6)).toBe(3)
  })
})

const props = {
  data: [
    { month: 'a', one: 1, two: 2, net: -1 },
    { month: 'b', one: 3, two: null, net: '4' },
  ],
  xAxis: { dataKey: 'month', labels: { a: 'April' } },
  series: [
    { type: 'bar', dataKey: 'one', label: 'One', stack: 's' },
    { type: 'bar', dataKey: 'two', label: 'Two', stack: 's' },
    { type: 'line', dataKey: 'net', label: 'Net' },
  ],
}

describe('chart data', () => {
  it('stacks, keeps gaps, reads numbers in texts, names the ticks', () => {
    const { ticks, series } = readChart(props, 'light')

    expect(ticks).toEqual(['April', 'b'])
    expect(series.map(({ spans }) => spans)).toEqual([
      [
        [0, 1],
        [0, 3],
      ],
      [[1, 3], null],
      [
        [0, -1],
        [0, 4],
      ],
    ])
    expect(new Set(series.map(({ color }) => color)).size).toBe(3)
  })

  it.each([{}, { data: 'x', series: {} }, { data: [null, 1], series: [null, {}], xAxis: '__proto__' }])(
    'is empty or without values for %j',
    (wrong) => {
      expect(readChart(wrong, 'light').series.flatMap(({ values }) => values)).toEqual([])
    },
  )
})

describe('marks', () => {
  const layout = { centers: [50, 150], band: 100, y: (value: number) => 100 - value * 10 }

  it('put the bars of a stack on each other', () => {
    const { series } = readChart(props, 'light')

    const [one, two] = series.map((each) => barsOf(each, series, layout, { gap: 4, categoryGap: 60 })[0])

    expect(one).toEqual({ x: 30, y: 90, width: 40, height: 10 })
    expect(two).toEqual({ x: 30, y: 70, width: 40, height: 20 })
  })

  it('break lines and areas at gaps', () => {
    const { series } = readChart(
      { ...props, data: [{ n: 1 }, { n: null }, { n: 2 }], series: [{ type: 'area', dataKey: 'n' }] },
      'light',
    )
    const three = { ...layout, centers: [0, 50, 100] }

    expect(lineOf(series[0] ?? expect.unreachable(), three)).toBe('M0,90h0M100,80h0')
    expect(areaOf(series[0] ?? expect.unreachable(), three).match(/Z/g)).toHaveLength(2)
  })
})

describe('curves', () => {
  const points: Point[] = [
    [0, 0],
    [10, 20],
    [20, 5],
    [30, 5],
  ]
  const kinds =
    'basis basisClosed basisOpen bumpX bumpY bump linear linearClosed natural monotoneX monotoneY monotone step stepBefore stepAfter'

  it.each(kinds.split(' '))('%s is a path without holes in its numbers', (kind) => {
    expect(linePath(points, kind)).toMatch(/^M-?[\d.]+,-?[\d.]+[A-Za-z][-\d.,A-Za-z ]*$/)
    expect(linePath(points, kind)).not.toContain('NaN')
  })

  it.each(['linear', 'step', 'stepBefore', 'stepAfter', 'bump', 'monotone', 'natural', 'basis'])(
    '%s goes from the first point to the last',
    (kind) => {
      expect(linePath(points, kind)).toMatch(/^M0,0/)
      expect(linePath(points, kind)).toMatch(/(30,5|V5H30)$/)
    },
  )

  it('draws straight lines for a name nobody knows, a dot for one point, nothing for none', () => {
    expect(linePath(points.slice(0, 2), '__proto__')).toBe('M0,0L10,20')
    expect(linePath(points.slice(0, 1), 'natural')).toBe('M0,0h0')
    expect(linePath([], 'natural')).toBe('')
  })
})
