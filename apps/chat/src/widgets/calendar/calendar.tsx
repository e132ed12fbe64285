import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { NamedIcon } from '../components/icon.js'
import {
  addDays,
  addMonths,
  clampDay,
  compareDays,
  type Day,
  daysIn,
  firstWeekdayOf,
  format,
  today,
  toIso,
  weekdayOf,
  weeksOf,
} from './day.js'

interface Props {
  label: string
  locale: string
  chosen: Day | null
  min: Day | null
  max: Day | null
  onChoose(day: Day): void
}

/** A month to choose a day from: arrows move by days and weeks, Page Up and Down by months, Home and End in the week. */
export function Calendar({ label, locale, chosen, min, max, onChoose }: Props) {
  const [now] = useState(() => today(new Date()))
  const [active, setActive] = useState(() => clampDay(chosen ?? now, min, max))
  const grid = useRef<HTMLTableElement>(null)
  const firstWeekday = firstWeekdayOf(locale)
  const weeks = weeksOf(active, firstWeekday)
  const isAllowed = (day: Day) => compareDays(clampDay(day, min, max), day) === 0
  const isSame = (a: Day | null, b: Day) => a !== null && compareDays(a, b) === 0

  const moves = useRef(true)
  useLayoutEffect(() => {
    if (moves.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    moves.current = false
  }, [active])
  const goTo = (day: Day, takesFocus: boolean) => {
    moves.current = takesFocus
    setActive(clampDay(day, min, max))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const isRtl = grid.current !== null && getComputedStyle(grid.current).direction === 'rtl'
    const target = moveOf(event.key, active, firstWeekday, isRtl)
    if (!target) return
    event.preventDefault()
    goTo(target, true)
  }
  const monthButton = (step: -1 | 1) => {
    const month = addMonths(active, step)
    const edge = { ...month, day: step < 0 ? daysIn(month) : 1 }
    const name = format(month, locale, { month: 'long', year: 'numeric' })
    return (
      <button
        type="button"
        class="icon-button mirrored"
        aria-label={name}
        title={name}
        disabled={!isAllowed(edge)}
        onClick={() => goTo(month, false)}
      >
        <NamedIcon name={step < 0 ? 'chevron-left' : 'chevron-right'} size={18} />
      </button>
    )
  }
  return (
    <div role="dialog" aria-label={label}>
      <div class="widget-calendar-head">
        {monthButton(-1)}
        <span aria-live="polite">{format(active, locale, { month: 'long', year: 'numeric' })}</span>
        {monthButton(1)}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of days to move about in is a grid */}
      <table ref={grid} role="grid" aria-label={label} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={weekdayOf(day)} scope="col" abbr={format(day, locale, { weekday: 'long' })}>
                {format(day, locale, { weekday: 'narrow' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.map(toIso)[0]}>
              {week.map((day) => (
                <td key={toIso(day)}>
                  <button
                    type="button"
                    class="widget-day"
                    tabIndex={isSame(active, day) ? 0 : -1}
                    aria-label={format(day, locale, { dateStyle: 'full' })}
                    aria-current={isSame(now, day) ? 'date' : undefined}
                    aria-pressed={isSame(chosen, day)}
                    data-outside={day.month !== active.month || undefined}
                    disabled={!isAllowed(day)}
                    onClick={() => onChoose(day)}
                  >
                    {format(day, locale, { day: 'numeric' }).replace(/[^\p{N}]/gu, '')}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The day a key leads to; nothing for any other key. */
function moveOf(key: string, day: Day, firstWeekday: number, isRtl: boolean): Day | undefined {
  const sideways = isRtl ? -1 : 1
  const inWeek = (weekdayOf(day) - firstWeekday + 7) % 7
  const days = { ArrowRight: sideways, ArrowLeft: -sideways, ArrowDown: 7, ArrowUp: -7, Home: -inWeek, End: 6 - inWeek }
  const step = (days as Record<string, number | undefined>)[key] // any key may be asked for
  if (step !== undefined) return addDays(day, step)
  if (key === 'PageUp') return addMonths(day, -1)
  return key === 'PageDown' ? addMonths(day, 1) : undefined
}
