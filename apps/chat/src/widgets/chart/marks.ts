import type { Series } from './chart-data.js'
import { linePath, type Point } from './curve.js'

/** Where things lie in the picture, in pixels. */
export interface Layout {
  /** The middle of the place of each row of data. */
  centers: number[]
  /** How wide that place is. */
  band: number
  y(value: number): number
}

export interface Bar {
  x: number
  y: number
  width: number
  height: number
}

const MOST_BAR_WIDTH = 48

/** The bars of one series: its stack has its own place beside the others'. */
export function barsOf(
  series: Series,
  all: Series[],
  { centers, band, y }: Layout,
  { gap, categoryGap }: { gap: number; categoryGap: number },
): (Bar | null)[] {
  const stacks = [...new Set(all.flatMap((one, at) => (one.type === 'bar' ? [one.stack ?? `own ${at}`] : [])))]
  const place = stacks.indexOf(series.stack ?? `own ${all.indexOf(series)}`)
  const room = Math.max(1, band - categoryGap)
  const width = Math.min(MOST_BAR_WIDTH, Math.max(1, (room - gap * (stacks.length - 1)) / stacks.length))
  const start = -(width * stacks.length + gap * (stacks.length - 1)) / 2
  return series.spans.map((span, at) => {
    if (!span) return null
    const [one, other] = [y(span[0]), y(span[1])]
    const x = (centers[at] ?? 0) + start + place * (width + gap)
    return { x, y: Math.min(one, other), width, height: Math.abs(one - other) }
  })
}

/** The upper line of a series; a gap in the data is a gap in the line. */
export function lineOf(series: Series, layout: Layout): string {
  return runsOf(series)
    .map((run) => linePath(pointsOf(run, layout, 1), series.curve))
    .join('')
}

/** What lies between the line of a series and what it stands on. */
export function areaOf(series: Series, layout: Layout): string {
  return runsOf(series)
    .map((run) => {
      const top = linePath(pointsOf(run, layout, 1), series.curve).replace(/Z$/, '')
      const bottom = linePath(pointsOf(run, layout, 0).reverse(), series.curve).replace(/Z$/, '')
      return `${top}${bottom.replace(/^M/, 'L')}Z`
    })
    .join('')
}

type Run = { at: number; span: [number, number] }[]

function runsOf({ spans }: Series): Run[] {
  const runs: Run[] = [[]]
  spans.forEach((span, at) => {
    if (span) runs.at(-1)?.push({ at, span })
    else if (runs.at(-1)?.length) runs.push([])
  })
  return runs.filter((run) => run.length > 0)
}

function pointsOf(run: Run, { centers, y }: Layout, end: 0 | 1): Point[] {
  return run.map(({ at, span }) => [centers[at] ?? 0, y(span[end])])
}
