import { createId } from './create-id.js'
import type { ScheduleFrame } from './live-text.js'

/** The few things of the browser the session needs; tests hand in their own. */
export interface Environment {
  now(): Date
  randomId(): string
  scheduleFrame: ScheduleFrame
  /** Resolves after the time, at once when the network comes back, and when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  watchOnline(listener: (online: boolean) => void): () => void
}

/** Text that grows thirty times a second reads as smoothly as sixty, at half the work. */
const CALM_MS = 25

/** The next frame, but a little later when one was drawn just now: a frame asked for and left empty has its price too. */
function calmFrames(): ScheduleFrame {
  let last = Number.NEGATIVE_INFINITY
  return (flush) => {
    const draw = () =>
      requestAnimationFrame(() => {
        last = performance.now()
        flush()
      })
    const early = last + CALM_MS - performance.now()
    if (early > 0) setTimeout(draw, early)
    else draw()
  }
}

export const browserEnvironment: Environment = {
  now: () => new Date(),
  randomId: createId,
  scheduleFrame: calmFrames(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer)
        removeEventListener('online', finish)
        signal.removeEventListener('abort', finish)
        resolve()
      }
      const timer = setTimeout(finish, ms)
      addEventListener('online', finish)
      signal.addEventListener('abort', finish)
    }),
  watchOnline(listener) {
    const tell = () => listener(navigator.onLine)
    tell()
    addEventListener('online', tell)
    addEventListener('offline', tell)
    return () => {
      removeEventListener('online', tell)
      removeEventListener('offline', tell)
    }
  },
}
