import type { Clock } from './clock.js'

/** A clock that stands still until a test moves it. */
export interface ScriptedClock extends Clock {
  /** Moves the time on and calls what falls due, in order. */
  advance(ms: number): void
}

export function scriptedClock(start = new Date('2026-01-01T00:00:00.000Z')): ScriptedClock {
  let now = start.getTime()
  const timers = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => new Date(now),
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)
        if (!next) break
        timers.delete(next)
        now = next.at
        next.callback()
      }
      now = end
    },
  }
}
