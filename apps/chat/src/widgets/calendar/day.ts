/** A day without a time or a zone. `month` counts from 1. */
export interface Day {
  year: number
  month: number
  day: number
}

/** The day of an ISO 8601 date or date and time, as it is written there; a zone does not move it. */
export function readDay(value: unknown): Day | null {
  const [, year, month, day] = (typeof value === 'string' && /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(value)) || []
  if (!year) return null
  const read = { year: Number(year), month: Number(month), day: Number(day) }
  return toDate(read).toISOString().startsWith(`${year}-${month}-${day}`) ? read : null
}

export function toIso(day: Day): string {
  return toDate(day).toISOString()
}

export function today(now: Date): Day {
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() }
}

export function addDays(day: Day, count: number): Day {
  return fromDate(new Date(Date.UTC(day.year, day.month - 1, day.day + count)))
}

/** The same day of another month, or that month's last day. */
export function addMonths({ year, month, day }: Day, count: number): Day {
  const first = fromDate(new Date(Date.UTC(year, month - 1 + count, 1)))
  return { ...first, day: Math.min(day, daysIn(first)) }
}

export function daysIn({ year, month }: Day): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export function compareDays(a: Day, b: Day): number {
  return toDate(a).getTime() - toDate(b).getTime()
}

export function clampDay(day: Day, min: Day | null, max: Day | null): Day {
  if (min && compareDays(day, min) < 0) return min
  return max && compareDays(day, max) > 0 ? max : day
}

/** The weeks that show a month, each seven days long, from `firstWeekday` (0 is Sunday). */
export function weeksOf(month: Day, firstWeekday: number): Day[][] {
  const first = { ...month, day: 1 }
  const lead = (weekdayOf(first) - firstWeekday + 7) % 7
  const count = Math.ceil((lead + daysIn(month)) / 7)
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => addDays(first, week * 7 + at - lead)),
  )
}

export function weekdayOf(day: Day): number {
  return toDate(day).getUTCDay()
}

/** The day a week starts on where the locale is spoken: 0 is Sunday. */
export function firstWeekdayOf(locale: string): number {
  const { region } = new Intl.Locale(locale).maximize()
  if (/^(AE|AF|BH|DJ|DZ|EG|IQ|IR|JO|KW|LY|OM|QA|SD|SY)$/.test(region ?? '')) return 6
  return /^(AG|AU|BD|BR|BT|BW|BZ|CA|CO|DO|ET|GT|HK|HN|ID|IL|IN|JM|JP|KE|KH|KR|LA|MM|MO|MX|MZ|NI|NP|PA|PE|PH|PK|PR|PT|PY|SA|SG|SV|TH|TT|TW|US|VE|YE|ZA|ZW)$/.test(
    region ?? '',
  )
    ? 0
    : 1
}

export function formatDay(day: Day, locale: string): string {
  return format(day, locale, { dateStyle: 'medium' })
}

export function format(day: Day, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(toDate(day))
}

function toDate({ year, month, day }: Day): Date {
  return new Date(Date.UTC(year, month - 1, day))
}

function fromDate(date: Date): Day {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}
