import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Counters } from './rate-limiter.js'

/**
 * What the library's limiters are opened with: more than anybody counts. The limits are compared here, so that a limit
 * that changes goes on with the same count, and the window comes with each count.
 */
export const LIBRARY_LIMIT = { points: Number.MAX_SAFE_INTEGER, duration: 60 }

/** A count is not taken back this short before its window is over: it might be taken from the next one. */
const TOO_LATE_MS = 1_000

/** Counters of `rate-limiter-flexible`, whatever it keeps them in. `limiter` is opened with {@link LIBRARY_LIMIT}. */
export const flexibleCounters = (limiter: RateLimiterAbstract): Pick<Counters, 'count'> => ({
  async count(key, windowSeconds) {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, 1, { customDuration: windowSeconds })
    return {
      counted: consumedPoints,
      resetMs: msBeforeNext,
      async giveBack() {
        if (msBeforeNext > TOO_LATE_MS) await limiter.reward(key, 1, { customDuration: windowSeconds })
      },
    }
  },
})
