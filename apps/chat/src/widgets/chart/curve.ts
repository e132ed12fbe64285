import { lookUp } from '../values/read.js'

export type Point = readonly [x: number, y: number]

/** A line through points, as the commands of an SVG path behind its first `M`. */
type Curve = (points: Point[]) => string

/** The path of a line through the points; a name nobody knows draws straight lines. */
export function linePath(points: Point[], curve: string): string {
  const [first] = points
  if (!first) return ''
  if (points.length === 1) return `M${at(first)}h0`
  return (lookUp(CURVES, curve) ?? linear)(points)
}

const linear: Curve = (points) => `M${points.map(at).join('L')}`

const step =
  (share: number): Curve =>
  (points) =>
    `M${points.map(at)[0]}${pairs(points)
      .map(([a, b]) => `H${round(a[0] + (b[0] - a[0]) * share)}V${round(b[1])}H${round(b[0])}`)
      .join('')}`

/** Leaves and arrives level (x) or upright (y). */
const bump =
  (along: 0 | 1): Curve =>
  (points) =>
    `M${points.map(at)[0]}${pairs(points)
      .map(([a, b]) => {
        const middle = (a[along] + b[along]) / 2
        const [one, two]: Point[] =
          along === 0
            ? [
                [middle, a[1]],
                [middle, b[1]],
              ]
            : [
                [a[0], middle],
                [b[0], middle],
              ]
        return cubic(one ?? a, two ?? b, b)
      })
      .join('')}`

/** Cubic Hermite spline whose slopes never overshoot. Source: Steffen 1990, "A simple method for monotonic interpolation". */
const monotoneX: Curve = (points) => {
  const slopes = points.map((point, index) => {
    const before = points[index - 1]
    const after = points[index + 1]
    if (!before || !after) return null
    const [h0, h1] = [point[0] - before[0], after[0] - point[0]]
    const [s0, s1] = [(point[1] - before[1]) / (h0 || 1), (after[1] - point[1]) / (h1 || 1)]
    const middle = (s0 * h1 + s1 * h0) / (h0 + h1 || 1)
    return (Math.sign(s0) + Math.sign(s1)) * Math.min(Math.abs(s0), Math.abs(s1), Math.abs(middle) / 2)
  })
  const slopeOf = (index: number, a: Point, b: Point) => {
    const neighbour = slopes[index === 0 ? 1 : index - 1] ?? 0
    return slopes[index] ?? ((3 * (b[1] - a[1])) / (b[0] - a[0] || 1) - neighbour) / 2
  }
  const parts = pairs(points).map(([a, b], index) => {
    const third = (b[0] - a[0]) / 3
    const one: Point = [a[0] + third, a[1] + third * slopeOf(index, a, b)]
    return cubic(one, [b[0] - third, b[1] - third * slopeOf(index + 1, a, b)], b)
  })
  return `M${points.map(at)[0]}${parts.join('')}`
}

/** The same with the axes exchanged. */
const monotoneY: Curve = (points) =>
  monotoneX(points.map(([x, y]) => [y, x])).replace(/(-?[\d.]+),(-?[\d.]+)/g, '$2,$1')

/** Natural cubic spline: no curvature at the ends. Solves its tridiagonal system by elimination. */
const natural: Curve = (points) => {
  const controls = [0, 1].map((axis) => naturalControls(points.map((point) => point[axis] ?? 0)))
  const [xs, ys] = controls
  const parts = pairs(points).map(([, b], index) =>
    cubic([xs?.first[index] ?? 0, ys?.first[index] ?? 0], [xs?.second[index] ?? 0, ys?.second[index] ?? 0], b),
  )
  return `M${points.map(at)[0]}${parts.join('')}`
}

function naturalControls(values: number[]): { first: number[]; second: number[] } {
  const count = values.length - 1
  const value = (index: number) => values[index] ?? 0
  const diagonal: number[] = [2]
  const right: number[] = [value(0) + 2 * value(1)]
  for (let index = 1; index < count; index += 1) {
    const isLast = index === count - 1
    const factor = (isLast ? 2 : 1) / (diagonal[index - 1] ?? 1)
    diagonal[index] = (isLast ? 7 : 4) - factor
    const sum = isLast ? 8 * value(index) + value(index + 1) : 4 * value(index) + 2 * value(index + 1)
    right[index] = sum - factor * (right[index - 1] ?? 0)
  }
  if (count === 1) return { first: [(2 * value(0) + value(1)) / 3], second: [(value(0) + 2 * value(1)) / 3] }
  const first: number[] = []
  for (let index = count - 1; index >= 0; index -= 1) {
    first[index] = ((right[index] ?? 0) - (first[index + 1] ?? 0)) / (diagonal[index] ?? 1)
  }
  const second = first.map((_, index) =>
    index === count - 1 ? (value(count) + (first[index] ?? 0)) / 2 : 2 * value(index + 1) - (first[index + 1] ?? 0),
  )
  return { first, second }
}

/** Uniform B-spline: near the points, through the ends unless it is open; closed, it returns to its start. */
const basis =
  (ends: 'clamped' | 'open' | 'closed'): Curve =>
  (points) => {
    const [first, last] = [points[0], points.at(-1)]
    if (!first || !last || points.length < 3) return linear(points)
    const knots =
      ends === 'clamped'
        ? [first, first, ...points, last, last]
        : ends === 'open'
          ? points
          : [...points, ...points.slice(0, 3)]
    const blend = (a: Point, b: Point, c: Point): Point => [(a[0] + 4 * b[0] + c[0]) / 6, (a[1] + 4 * b[1] + c[1]) / 6]
    const mix = (a: Point, b: Point): Point => [(2 * a[0] + b[0]) / 3, (2 * a[1] + b[1]) / 3]
    const parts = knots.slice(0, -3).flatMap((a, index) => {
      const [b, c, d] = [knots[index + 1], knots[index + 2], knots[index + 3]]
      return b && c && d ? [{ start: blend(a, b, c), path: cubic(mix(b, c), mix(c, b), blend(b, c, d)) }] : []
    })
    return parts[0] ? `M${at(parts[0].start)}${parts.map(({ path }) => path).join('')}` : linear(points)
  }

const CURVES: Record<string, Curve> = {
  linear,
  linearClosed: (points) => `${linear(points)}Z`,
  step: step(0.5),
  stepBefore: step(0),
  stepAfter: step(1),
  bump: bump(0),
  bumpX: bump(0),
  bumpY: bump(1),
  monotone: monotoneX,
  monotoneX,
  monotoneY,
  natural,
  basis: basis('clamped'),
  basisOpen: basis('open'),
  basisClosed: basis('closed'),
}

function pairs(points: Point[]): [Point, Point][] {
  return points.slice(1).map((point, index) => [points[index] ?? point, point])
}

const round = (value: number) => Math.round(value * 100) / 100
const at = ([x, y]: Point) => `${round(x)},${round(y)}`
const cubic = (one: Point, two: Point, end: Point) => `C${at(one)} ${at(two)} ${at(end)}`
