import { ParleyError } from '@parley/protocol'

/** The five fields of a schedule, each as the numbers it takes. Times are in UTC. */
interface Schedule {
  minutes: Set<number>
  hours: Set<number>
  days: Set<number>
  months: Set<number>
  weekdays: Set<number>
  /** Where both a day of the month and a day of the week are named, either will do, as cron has it. */
  eitherDay: boolean
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Words for whole schedules. */
const WORDS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

const DAY_MS = 24 * 3600 * 1000
/** A leap day comes back within eight years. */
const MOST_DAYS = 366 * 8

/**
 * The first whole minute behind `after` that a cron schedule of five fields names, in UTC; `null`: there never is one.
 *
 * @throws {ParleyError} `invalid_request` when it is no schedule
 */
export function nextTime(schedule: string, after: Date): Date | null {
  const { minutes, hours, days, months, weekdays, eitherDay } = parseSchedule(schedule)
  const start = Math.floor(after.getTime() / 60_000) * 60_000 + 60_000
  const midnight = new Date(start).setUTCHours(0, 0, 0, 0)
  for (let index = 0; index <= MOST_DAYS; index++) {
    const day = new Date(midnight + index * DAY_MS)
    if (!months.has(day.getUTCMonth() + 1)) continue
    const [byDate, byWeekday] = [days.has(day.getUTCDate()), weekdays.has(day.getUTCDay())]
    if (eitherDay ? !byDate && !byWeekday : !byDate || !byWeekday) continue
    for (const hour of hours)
      for (const minute of minutes) {
        const time = day.getTime() + (hour * 60 + minute) * 60_000
        if (time >= start) return new Date(time)
      }
  }
  return null
}

function parseSchedule(text: string): Schedule {
  const fields = (WORDS[text.trim().toLowerCase()] ?? text).trim().toLowerCase().split(/\s+/)
  const [minute, hour, day, month, weekday] = fields
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday)
    throw wrong(`schedule must have five fields, as "0 9 * * 1-5" has: minute, hour, day, month, weekday, in UTC`)
  const weekdays = parseField(weekday, { name: 'weekday', least: 0, most: 7, words: WEEKDAYS })
  if (weekdays.delete(7)) weekdays.add(0)
  return {
    minutes: parseField(minute, { name: 'minute', least: 0, most: 59 }),
    hours: parseField(hour, { name: 'hour', least: 0, most: 23 }),
    days: parseField(day, { name: 'day', least: 1, most: 31 }),
    months: parseField(month, { name: 'month', least: 1, most: 12, words: MONTHS }),
    weekdays,
    eitherDay: !day.startsWith('*') && !weekday.startsWith('*'),
  }
}

interface Field {
  name: string
  least: number
  most: number
  words?: string[]
}

/** Numbers in ascending order: lists, ranges and steps of them. */
function parseField(text: string, field: Field): Set<number> {
  const numbers = text.split(',').flatMap((part) => parsePart(part, field))
  return new Set(numbers.toSorted((one, other) => one - other))
}

function parsePart(part: string, { name, least, most, words = [] }: Field): number[] {
  const found = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d{1,2}))?$/.exec(part)
  const [, first = '', last, step] = found ?? []
  const numberOf = (word: string) => {
    const place = words.indexOf(word)
    if (place >= 0) return place + (name === 'month' ? 1 : 0)
    return /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN
  }
  const from = first === '*' ? least : numberOf(first)
  const to = last !== undefined ? numberOf(last) : first === '*' || step !== undefined ? most : from
  const by = step === undefined ? 1 : Number(step)
  const isGood = found !== null && from >= least && to <= most && from <= to && by >= 1 && !(first === '*' && last)
  if (!isGood) throw wrong(`schedule: "${part}" is no ${name}; it takes ${least} to ${most}, ranges and steps`)
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by)
}

const wrong = (message: string) => new ParleyError('invalid_request', `${message}.`)
