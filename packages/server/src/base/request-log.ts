import type { Log } from './log.js'
import type { Observer } from './observer.js'

/** A line for every request, run and call of a model: who asked what is in none of them, nor what was written. */
export const requestLog = (log: Log): Observer => ({
  requestEnded: ({ durationMs, ...facts }) => log.info('request', { ...facts, ms: Math.round(durationMs * 10) / 10 }),
  requestRefused: () => undefined, // its request says so
  runStarted: () => undefined,
  runEnded: ({ durationMs, ...facts }) => log.info('run', { ...facts, ms: Math.round(durationMs) }),
  modelCallEnded: ({ durationMs, ...facts }) => log.info('model call', { ...facts, ms: Math.round(durationMs) }),
})
