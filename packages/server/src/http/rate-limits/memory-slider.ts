import type { Counters } from './rate-limiter.js'

interface Log {
  windowMs: number
  /** When each request came, oldest first. Two may have come at once, so each is an object of its own. */
  entries: { at: number }[]
}

/** More holders than this are looked through for those who have long been silent. */
const MOST_KEPT = 10_000

/** Counts the requests of the last seconds in this process, by remembering when each came. */
export function memorySlider(now: () => number = Date.now): Pick<Counters, 'slide'> {
  const logs = new Map<string, Log>()

  function prune(log: Log, time: number): void {
    const first = log.entries.findIndex(({ at }) => at > time - log.windowMs)
    log.entries.splice(0, first < 0 ? log.entries.length : first)
  }

  function sweep(time: number): void {
    for (const [key, log] of logs) {
      prune(log, time)
      if (log.entries.length === 0) logs.delete(key)
    }
  }

  return {
    async slide(key, windowSeconds) {
      const time = now()
      if (logs.size > MOST_KEPT && !logs.has(key)) sweep(time)
      const log = logs.get(key) ?? { windowMs: windowSeconds * 1000, entries: [] }
      logs.set(key, log)
      prune(log, time)
      const entry = { at: time }
      log.entries.push(entry)
      return {
        counted: log.entries.length,
        resetMs: (log.entries[0]?.at ?? time) + log.windowMs - time,
        async giveBack() {
          const place = log.entries.indexOf(entry)
          if (place >= 0) log.entries.splice(place, 1)
        },
      }
    },
  }
}
