import { RateLimiterMemory } from 'rate-limiter-flexible'
import { flexibleCounters } from './flexible-counters.js'
import { createRateLimiter, type RateLimiter } from './rate-limiter.js'

/** Counts in this process: for a server that is alone. */
export function memoryRateLimiter(): RateLimiter {
  const open = (points: number, duration: number) => new RateLimiterMemory({ points, duration })
  return createRateLimiter(flexibleCounters(open, async () => undefined))
}
