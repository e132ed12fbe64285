import type { Redis } from 'ioredis'
import { randomId } from '../base/random-id.js'
import type { Counters } from '../http/rate-limits/rate-limiter.js'

/** Redis's own time, so that processes whose clocks differ count the same. Answers how many, and when the oldest leaves. */
const SLIDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZADD', KEYS[1], now, ARGV[2])
redis.call('PEXPIRE', KEYS[1], window)
local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return { redis.call('ZCARD', KEYS[1]), oldest[2] + window - now }
`

/** Counts the requests of the last seconds for all processes. While Redis cannot be reached, `insurance` counts, and is told why. */
export const redisSlider = (
  redis: Redis,
  prefix: string,
  insurance: Pick<Counters, 'slide'> & { tell(cause: unknown): void },
): Pick<Counters, 'slide'> => ({
  async slide(key, windowSeconds) {
    const place = `${prefix}:${key}`
    const entry = randomId('r')
    try {
      const [counted, resetMs] = (await redis.eval(SLIDE, 1, place, windowSeconds * 1000, entry)) as [number, number] // as the script returns them
      return {
        counted,
        resetMs,
        async giveBack() {
          await redis.zrem(place, entry).catch(() => undefined) // a window later it is gone by itself
        },
      }
    } catch (cause) {
      insurance.tell(cause)
      return insurance.slide(key, windowSeconds)
    }
  },
})
