import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { isRecord, numberOf, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { type ChartData, readChart } from './chart-data.js'
import { ChartTable, formatOr } from './chart-table.js'
import { areaOf, barsOf, type Layout, lineOf } from './marks.js'
import { type Axis, niceAxis, scaleTo, tickStride } from './scale.js'

const AXIS_HEIGHT = 24
const LETTER = 6.4
const TOP = 8

/** The picture of a chart with its axes, tooltip and legend, and the same numbers as a table for who cannot see it. */
export function ChartView({ props }: { props: WidgetProps }) {
  const { scheme, locale } = useWidget()
  const plot = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(plot)
  const [pointed, setPointed] = useState<number | null>(null)
  const data = useMemo(() => readChart(props, scheme), [props, scheme])
  const axis = useMemo(() => niceAxis(data.series.flatMap(({ spans }) => spans.flatMap((span) => span ?? []))), [data])
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 })
  const names = props.showYAxis === true ? axis.ticks.map((tick) => short.format(tick)) : []
  const left = names.length > 0 ? Math.max(...names.map((name) => name.length)) * LETTER + 12 : 0
  const hidesX = isRecord(props.xAxis) && props.xAxis.hide === true
  const bottom = height - (hidesX ? 4 : AXIS_HEIGHT)
  const layout = layOut(data, axis, { left, width, bottom })

  const pointAt = (clientX: number) => {
    const x = clientX - (plot.current?.getBoundingClientRect().left ?? 0) - left
    setPointed(Math.min(data.ticks.length - 1, Math.max(0, Math.floor(x / layout.band))))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (event.key === 'Escape') setPointed(null)
    if (step === undefined) return
    event.preventDefault()
    setPointed(((pointed ?? (step > 0 ? -1 : data.ticks.length)) + step + data.ticks.length) % data.ticks.length)
  }
  const label = data.series.map((series) => series.label).join(', ')
  const showsTooltip = props.showTooltip !== false && data.ticks.length > 0
  const stride = tickStride(data.ticks, width - left, LETTER)
  return (
    <>
      <div
        ref={plot}
        class="widget-plot"
        role="img"
        aria-label={label}
        {...(showsTooltip && {
          tabIndex: 0,
          onPointerMove: ({ clientX }: PointerEvent) => pointAt(clientX),
          onPointerLeave: () => setPointed(null),
          onBlur: () => setPointed(null),
          onKeyDown,
        })}
      >
        <svg width={width} height={height} aria-hidden="true" focusable="false">
          {axis.ticks.map((tick, at) => (
            <g key={tick} class="widget-grid">
              <line x1={left} x2={width} y1={layout.y(tick)} y2={layout.y(tick)} />
              {names[at] && (
                <text x={left - 8} y={layout.y(tick) + 4} text-anchor="end">
                  {names[at]}
                </text>
              )}
            </g>
          ))}
          {pointed !== null && (
            <rect
              class="widget-pointed"
              x={left + pointed * layout.band}
              y={TOP}
              width={layout.band}
              height={Math.max(0, bottom - TOP)}
            />
          )}
          <Marks data={data} layout={layout} props={props} pointed={pointed} />
          {!hidesX &&
            data.ticks.map((tick, at) =>
              at % stride === 0 ? (
                <text key={at} class="widget-tick" x={layout.centers[at]} y={height - 6} text-anchor="middle">
                  {tick.length > 14 ? `${tick.slice(0, 13)}…` : tick}
                </text>
              ) : null,
            )}
        </svg>
        {showsTooltip && pointed !== null && (
          <Tooltip data={data} at={pointed} x={layout.centers[pointed] ?? 0} width={width} format={number.format} />
        )}
      </div>
      {props.showLegend === true && <Legend data={data} />}
      <ChartTable data={data} label={label} format={number.format} />
    </>
  )
}

function Marks({
  data: { series },
  layout,
  props,
  pointed,
}: {
  data: ChartData
  layout: Layout
  props: WidgetProps
  pointed: number | null
}) {
  const gaps = { gap: numberOf(props.barGap) ?? 4, categoryGap: numberOf(props.barCategoryGap) ?? layout.band * 0.3 }
  // Bars lie lowest, lines on top, whatever the order they came in.
  const ordered = (['bar', 'area', 'line'] as const).flatMap((type) => series.filter((one) => one.type === type))
  return (
    <>
      {ordered.map((one) => (
        <g key={series.indexOf(one)} style={{ color: one.color }}>
          {one.type === 'bar' &&
            barsOf(one, series, layout, gaps).map(
              (bar, at) => bar && <rect key={at} class="widget-bar" {...bar} rx={Math.min(3, bar.width / 2)} />,
            )}
          {one.type === 'area' && <path class="widget-area" d={areaOf(one, layout)} />}
          {one.type !== 'bar' && <path class="widget-line" d={lineOf(one, layout)} />}
          {one.type !== 'bar' && pointed !== null && one.spans[pointed] && (
            <circle class="widget-point" cx={layout.centers[pointed]} cy={layout.y(one.spans[pointed][1])} r={4} />
          )}
        </g>
      ))}
    </>
  )
}

function Tooltip(props: { data: ChartData; at: number; x: number; width: number; format(value: number): string }) {
  const { data, at, x, width, format } = props
  const side = x > width / 2 ? { right: `${width - x + 12}px` } : { left: `${x + 12}px` }
  return (
    <div class="widget-tooltip floating" role="status" style={side}>
      <strong>{data.ticks[at]}</strong>
      {data.series.map(({ label, color, values }) => (
        <span key={label} class="widget-legend-entry">
          <span class="widget-swatch" style={{ 'background-color': color }} />
          {label}
          <b>{formatOr(values[at], format)}</b>
        </span>
      ))}
    </div>
  )
}

function Legend({ data }: { data: ChartData }) {
  return (
    <div class="widget-legend" aria-hidden="true">
      {data.series.map(({ label, color }) => (
        <span key={label} class="widget-legend-entry">
          <span class="widget-swatch" style={{ 'background-color': color }} />
          {label}
        </span>
      ))}
    </div>
  )
}

function layOut({ ticks }: ChartData, axis: Axis, place: { left: number; width: number; bottom: number }): Layout {
  const band = Math.max(0, place.width - place.left) / Math.max(1, ticks.length)
  return { band, centers: ticks.map((_, at) => place.left + band * (at + 0.5)), y: scaleTo(axis, place.bottom, TOP) }
}

/** The size of the element, kept up to date. */
function useSize(element: { current: HTMLElement | null }): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const own = element.current
    if (!own) return
    const measure = () => setSize({ width: own.clientWidth, height: own.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(own)
    return () => observer.disconnect()
  }, [element])
  return size
}
