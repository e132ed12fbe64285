import type { ThreadInfo } from '../../store/state.js'
import type { Text } from '../../text/en.js'

export interface HistoryGroup {
  label: string
  threads: ThreadInfo[]
}

/** Chats by day: today, yesterday, the week before, then by month; in the order they came. */
export function groupByDay(threads: readonly ThreadInfo[], now: Date, text: Text, locale: string): HistoryGroup[] {
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
  const groups: HistoryGroup[] = []
  for (const thread of threads) {
    const created = new Date(thread.created_at)
    const days = Number.isNaN(created.getTime()) ? 0 : dayNumber(now) - dayNumber(created)
    const label =
      days <= 0 ? text.today : days === 1 ? text.yesterday : days <= 7 ? text.lastWeek : month.format(created)
    const group = groups.find((known) => known.label === label)
    if (group) group.threads.push(thread)
    else groups.push({ label, threads: [thread] })
  }
  return groups
}

/** Days since some day long ago, counted in the person's own time zone. */
const dayNumber = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000
