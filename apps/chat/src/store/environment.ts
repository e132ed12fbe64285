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

export const browserEnvironment: Environment = {
  now: () => new Date(),
  randomId: () => crypto.randomUUID(),
  // Every second frame: text that grows thirty times a second reads as smoothly as sixty, at half the work.
  scheduleFrame: (flush) => requestAnimationFrame(() => requestAnimationFrame(flush)),
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
