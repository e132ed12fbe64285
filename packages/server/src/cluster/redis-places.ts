import type { Redis } from 'ioredis'
import type { Clock } from '../base/clock.js'
import type { Peers } from '../base/peers.js'
import { randomId } from '../base/random-id.js'

/** Redis's own time, so that processes whose clocks differ count the same. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`
/** Places whose server says nothing more are free. */
const TAKE = `${NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local most = tonumber(ARGV[2])
if most >= 0 and redis.call('ZCARD', KEYS[1]) >= most then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
`
const RENEW = `${NOW}
redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
`
const NO_LIMIT = -1
/** A place is renewed so often that a renewal or two may fail. */
const RENEWALS = 3

export interface RedisPlacesOptions {
  /** Counts the places of this process, which are all there are while Redis is away. */
  here: Pick<Peers, 'takePlace'>
  tell(cause: unknown): void
  clock: Clock
  leaseMs: number
}

/** Places that all processes take from: each is one entry of a sorted set, by the time at which it is free unless renewed. */
export function redisPlaces(redis: Redis, { here, tell, clock, leaseMs }: RedisPlacesOptions) {
  const held = new Map<string, string>()
  let callOff: (() => void) | undefined

  async function renew(): Promise<void> {
    callOff = undefined
    await Promise.all([...held].map(([place, key]) => redis.eval(RENEW, 1, key, leaseMs, place))).catch(tell)
    renewLater()
  }

  function renewLater(): void {
    if (held.size > 0) callOff ??= clock.after(leaseMs / RENEWALS, () => void renew())
  }

  return {
    async take(name: string, most?: number): Promise<(() => void) | null> {
      const giveBackHere = await here.takePlace(name, most)
      if (!giveBackHere) return null
      const key = `parley:places:${name}`
      const place = randomId('place')
      const taken = await redis.eval(TAKE, 1, key, leaseMs, most ?? NO_LIMIT, place).catch(tell)
      if (taken === 0) {
        giveBackHere()
        return null
      }
      held.set(place, key)
      renewLater()
      return () => {
        giveBackHere()
        if (held.delete(place)) void redis.zrem(key, place).catch(() => undefined) // a lease later it is free by itself
      }
    },
    stop(): void {
      callOff?.()
      held.clear()
    },
  }
}
