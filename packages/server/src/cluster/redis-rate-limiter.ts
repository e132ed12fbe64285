import { ParleyError } from '@parley/protocol'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Log } from '../base/log.js'
import { flexibleCounters, LIBRARY_LIMIT } from '../http/rate-limits/flexible-counters.js'
import { memorySlider } from '../http/rate-limits/memory-slider.js'
import { createRateLimiter, type RateLimiter } from '../http/rate-limits/rate-limiter.js'
import { connectRedis } from './connect-redis.js'
import { redisSlider } from './redis-slider.js'

/**
 * Counts in Redis, so that limits hold over all processes that share it. While Redis cannot be reached every process
 * counts for itself: requests go on, and the log says so once per outage.
 *
 * @param url `redis://…` or `rediss://…`
 */
export async function redisRateLimiter(url: string, log: Log): Promise<RateLimiter> {
  const { redis, tell } = await connectRedis(url, 'each process counts rate limits for itself.', log)
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: 'parley:rate',
    ...LIBRARY_LIMIT,
    insuranceLimiter: new RateLimiterMemory(LIBRARY_LIMIT),
  })
  return {
    ...createRateLimiter({
      ...flexibleCounters(limiter),
      ...redisSlider(redis, 'parley:rate:slide', { ...memorySlider(), tell }),
      close: async () => redis.disconnect(),
    }),
    async check() {
      await redis.ping().catch((cause: unknown) => {
        throw new ParleyError('unavailable', 'Redis does not answer.', { cause })
      })
    },
  }
}
