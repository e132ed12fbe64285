import { CHART_TOKENS, chartColor, type Scheme } from '../values/color.js'
import { isRecord, lookUp, oneOf, textOf, type WidgetProps, wordsOf } from '../values/read.js'

/** One line, area or row of bars. A value that is no number is a gap. */
export interface Series {
  type: 'bar' | 'area' | 'line'
  label: string
  color: string
  curve: string
  /** Series of one kind and stack lie on each other. */
  stack: string | null
  values: (number | null)[]
  /** Where each value begins and ends, after stacking. */
  spans: ([from: number, to: number] | null)[]
}

export interface ChartData {
  ticks: string[]
  series: Series[]
}

const MOST_POINTS = 1000
const MOST_SERIES = 24

/** Reads a chart's untrusted props into what is drawn. */
export function readChart(props: WidgetProps, scheme: Scheme): ChartData {
  const rows = Array.isArray(props.data) ? props.data.slice(0, MOST_POINTS).filter(isRecord) : []
  const axis = isRecord(props.xAxis) ? props.xAxis : { dataKey: props.xAxis }
  const labels = isRecord(axis.labels) ? axis.labels : {}
  const ticks = rows.map((row) => {
    const tick = wordsOf(valueAt(row, axis.dataKey))
    return textOf(lookUp(labels, tick)) ?? tick
  })
  const given = Array.isArray(props.series) ? props.series.slice(0, MOST_SERIES).filter(isRecord) : []
  const series = given.map((one, at): Series => {
    const values = rows.map((row) => numberIn(valueAt(row, one.dataKey)))
    return {
      type: oneOf(one.type, ['bar', 'area', 'line']) ?? 'bar',
      label: textOf(one.label) ?? wordsOf(one.dataKey),
      color:
        chartColor(one.color, scheme) ?? chartColor(CHART_TOKENS[at % CHART_TOKENS.length], scheme) ?? 'currentColor',
      curve: textOf(one.curveType) ?? 'linear',
      stack: one.type === 'line' ? null : (textOf(one.stack) ?? null),
      values,
      spans: [],
    }
  })
  return { ticks, series: stackSeries(series) }
}

/** Lays the series of a stack on each other: what is positive upwards, what is negative downwards. */
function stackSeries(series: Series[]): Series[] {
  const tops = new Map<string, number>()
  return series.map((one) => {
    const spans = one.values.map((value, at): Series['spans'][number] => {
      if (value === null) return null
      if (one.stack === null) return [0, value]
      const place = `${one.type} ${one.stack} ${at} ${value < 0}`
      const from = tops.get(place) ?? 0
      tops.set(place, from + value)
      return [from, from + value]
    })
    return { ...one, spans }
  })
}

function valueAt(row: Record<string, unknown>, key: unknown): unknown {
  return lookUp(row, key)
}

function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) < LARGEST ? number : null
}

/** Beyond it the difference of two numbers may be none. */
const LARGEST = 1e100
