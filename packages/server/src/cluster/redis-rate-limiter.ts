import { ParleyError } from '@parley/protocol'
import { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Log } from '../base/log.js'
import { flexibleCounters, LIBRARY_LIMIT } from '../http/rate-limits/flexible-counters.js'
import { createRateLimiter, type RateLimiter } from '../http/rate-limits/rate-limiter.js'

/**
 * Counts in Redis, so that limits hold over all processes that share it. While Redis cannot be reached every process
 * counts for itself: requests go on, and the log says so once per outage.
 *
 * @param url `redis://…` or `rediss://…`
 */
export async function redisRateLimiter(url: string, log: Log): Promise<RateLimiter> {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true })
  let lost = false
  redis.on('error', (cause) => {
    if (!lost) log.error('Redis does not answer: until it does, each process counts rate limits for itself.', { cause })
    lost = true
  })
  redis.on('ready', () => {
    lost = false
  })
  await redis.connect().catch(() => undefined) // said by the listener above; it goes on trying
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: 'parley:rate',
    ...LIBRARY_LIMIT,
    insuranceLimiter: new RateLimiterMemory(LIBRARY_LIMIT),
  })
  return {
    ...createRateLimiter(flexibleCounters(limiter, async () => redis.disconnect())),
    async check() {
      await redis.ping().catch((cause: unknown) => {
        throw new ParleyError('unavailable', 'Redis does not answer.', { cause })
      })
    },
  }
}
