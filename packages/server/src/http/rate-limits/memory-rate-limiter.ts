/// <reference path="./rate-limiter-flexible.d.ts" />
// This file of the library alone needs nothing of Node.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import { flexibleCounters, LIBRARY_LIMIT } from './flexible-counters.js'
import { memorySlider } from './memory-slider.js'
import { createRateLimiter, type RateLimiter } from './rate-limiter.js'

/** Counts in this process: for a server that is alone. */
export function memoryRateLimiter(now: () => number = Date.now): RateLimiter {
  const counters = {
    ...flexibleCounters(new RateLimiterMemory(LIBRARY_LIMIT)),
    ...memorySlider(now),
    close: async () => undefined,
  }
  return createRateLimiter(counters, now)
}
