import { Redis } from 'ioredis'
import type { Log } from '../base/log.js'

/** A connection that goes on trying, and whom to tell that it failed. */
export interface RedisConnection {
  redis: Redis
  /** Notes it in the log, once per outage. */
  tell(cause: unknown): void
}

/**
 * Connects to a Redis that may be away: then commands fail at once.
 *
 * @param url `redis://…` or `rediss://…`
 * @param without What becomes of the server meanwhile, for the log.
 */
export async function connectRedis(url: string, without: string, log: Log): Promise<RedisConnection> {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true })
  let lost = false
  const tell = (cause: unknown) => {
    if (!lost) log.error(`Redis does not answer: until it does, ${without}`, { cause })
    lost = true
  }
  redis.on('error', tell)
  redis.on('ready', () => {
    lost = false
  })
  await redis.connect().catch(() => undefined) // said by the listener above; it goes on trying
  return { redis, tell }
}
