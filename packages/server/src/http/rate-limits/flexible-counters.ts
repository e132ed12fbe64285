import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Counters, RateState } from './rate-limiter.js'

/** How the library is opened for one pair of limit and window. */
export type OpenLimiter = (points: number, durationSeconds: number) => RateLimiterAbstract

/** Counters of `rate-limiter-flexible`, whatever it keeps them in: one of its limiters per pair of limit and window. */
export function flexibleCounters(open: OpenLimiter, close: () => Promise<void>): Counters {
  const limiters = new Map<number, RateLimiterAbstract>()
  // The window goes with each count: only the limit makes another limiter, so their number is that of the limits in use.
  const limiterOf = (limit: number, windowSeconds: number) => {
    const known = limiters.get(limit)
    if (known) return known
    const opened = open(limit, windowSeconds)
    limiters.set(limit, opened)
    return opened
  }
  return {
    async count(key, limit, windowSeconds) {
      if (limit < 1) return { allowed: false, state: { limit, remaining: 0, resetMs: windowSeconds * 1000 } }
      try {
        const result = await limiterOf(limit, windowSeconds).consume(key, 1, { customDuration: windowSeconds })
        return { allowed: true, state: toState(limit, result) }
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown
        return { allowed: false, state: toState(limit, thrown) }
      }
    },
    async giveBack(key, limit, windowSeconds) {
      await limiterOf(limit, windowSeconds).reward(key, 1)
    },
    close,
  }
}

const toState = (limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): RateState => ({
  limit,
  remaining: remainingPoints,
  resetMs: msBeforeNext,
})

/** The library refuses by throwing what is no error. */
const isRefusal = (thrown: unknown): thrown is RateLimiterRes =>
  typeof thrown === 'object' && thrown !== null && 'msBeforeNext' in thrown
