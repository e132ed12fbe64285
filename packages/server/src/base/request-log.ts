import type { Log } from './log.js'
import type { Observer } from './observer.js'

/** A line for every request and every run: who asked what is in neither, nor what was written. */
export const requestLog = (log: Log): Observer => ({
  requestEnded: ({ durationMs, ...facts }) => log.info('request', { ...facts, ms: Math.round(durationMs * 10) / 10 }),
  runStarted: () => undefined,
  runEnded: ({ durationMs, ...facts }) => log.info('run', { ...facts, ms: Math.round(durationMs) }),
})
