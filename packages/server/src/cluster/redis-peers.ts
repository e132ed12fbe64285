import { type Clock, systemClock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import { noPeers, type Peers } from '../base/peers.js'
import { randomId } from '../base/random-id.js'
import { connectRedis } from './connect-redis.js'
import { redisPlaces } from './redis-places.js'

export interface RedisPeersOptions {
  log: Log
  clock?: Clock
  /** How long the places of a server are kept that says nothing more: it has crashed. */
  leaseMs?: number
}

const LEASE_MS = 30_000
const CHANNEL = 'parley:peers'

/**
 * Servers that share a Redis. While it cannot be reached each counts for itself and hears itself alone: requests go on, and
 * the log says so once per outage.
 */
export async function redisPeers(
  url: string,
  { log, clock = systemClock, leaseMs = LEASE_MS }: RedisPeersOptions,
): Promise<Peers> {
  const { redis, tell } = await connectRedis(url, 'each process works for itself.', log)
  const { redis: hearing } = await connectRedis(url, 'this process hears nothing of others.', log)
  const here = noPeers()
  const me = randomId('peer')
  const channel = `${redis.options.keyPrefix ?? ''}${CHANNEL}`
  const places = redisPlaces(redis, { here, tell, clock, leaseMs })

  hearing.on('message', (_channel: string, message: string) => {
    const { from, topic, text } = JSON.parse(message) as Notice // as `tell` below writes it
    if (from === me) return
    here
      .tell(topic, text)
      .catch((cause: unknown) => log.error('What another server told could not be done.', { topic, cause }))
  })
  await subscribe()
  hearing.on('ready', () => void subscribe())

  async function subscribe(): Promise<void> {
    await hearing.subscribe(channel).catch(tell) // again when it is back
  }

  return {
    takePlace: places.take,
    listen: here.listen,
    async tell(topic, text) {
      const notice: Notice = { from: me, topic, text }
      await Promise.all([here.tell(topic, text), redis.publish(channel, JSON.stringify(notice)).catch(tell)])
    },
    async close() {
      places.stop()
      redis.disconnect()
      hearing.disconnect()
    },
  }
}

interface Notice {
  from: string
  topic: string
  text: string
}
