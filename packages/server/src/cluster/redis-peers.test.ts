import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { consoleLog } from '../base/log.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { adminServer } from '../dialects/admin/admin.fixture.js'
import { deferred } from '../testing/engine-fixture.js'
import { redisPeers } from './redis-peers.js'

const REDIS_URL = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'

/** A Redis whose keys are of this test alone. */
function ownUrl(): string {
  const url = new URL(REDIS_URL)
  url.searchParams.set('keyPrefix', `${randomUUID()}:`)
  return url.href
}

async function startTwo({ url = ownUrl(), leaseMs = 30_000 } = {}) {
  const open = async () => {
    const peers = await redisPeers(url, { log: consoleLog, leaseMs })
    onTestFinished(() => peers.close())
    return peers
  }
  return [await open(), await open()] as const
}

describe('servers that share a Redis', () => {
  it('let as many take a place as there are, however many ask at once', async () => {
    const [one, other] = await startTwo()
    const ask = () => Promise.all([one, other, one, other, one, other].map((peer) => peer.takePlace('app', 2)))

    const taken = (await ask()).filter((place) => place !== null)
    expect(taken).toHaveLength(2)
    taken[0]?.()
    taken[0]?.()

    expect((await ask()).filter((place) => place !== null)).toHaveLength(1)
    expect(await other.takePlace('app')).not.toBeNull()
    expect(await other.takePlace('another app', 1)).not.toBeNull()
  })

  it('free the places of one that has crashed, and of no other', async () => {
    const url = ownUrl()
    const [crashing, living] = await startTwo({ url, leaseMs: 300 })
    const redis = new Redis(url)
    onTestFinished(() => redis.disconnect())
    await living.takePlace('of the living', 1)
    const freeAt = async () => Number((await redis.zrange('parley:places:of the living', '0', '0', 'WITHSCORES'))[1])
    const first = await freeAt()
    await crashing.takePlace('of the dead', 1)

    await crashing.close()

    await expect.poll(() => living.takePlace('of the dead', 1)).not.toBeNull()
    await expect.poll(freeAt).toBeGreaterThan(first + 300)
    expect(await living.takePlace('of the living', 1)).toBeNull()
  })

  it('hear what one tells', async () => {
    const [one, other] = await startTwo()
    const heard: string[] = []
    for (const [name, peer] of Object.entries({ one, other }))
      peer.listen('news', async (text) => void heard.push(`${name} ${text}`))

    await one.tell('news', 'rain')
    await one.tell('weather', 'snow')

    await expect.poll(() => heard.toSorted()).toEqual(['one rain', 'other rain'])
  })

  it('go on alone while it is away, and say so once', async () => {
    const errors: string[] = []
    const log = { ...consoleLog, error: (message: string) => void errors.push(message) }
    const peers = await redisPeers('redis://127.0.0.1:1', { log })
    onTestFinished(() => peers.close())
    const heard: string[] = []
    peers.listen('news', async (text) => void heard.push(text))

    const places = [await peers.takePlace('app', 1), await peers.takePlace('app', 1)]
    await peers.tell('news', 'rain')

    expect(places).toEqual([expect.any(Function), null])
    expect(heard).toEqual(['rain'])
    expect(errors.filter((message) => message.includes('works for itself'))).toHaveLength(1)
  })

  it('write no more answers of an app at once than it may, together', async () => {
    const goOn = deferred()
    const servers = (await startTwo()).map((peers) =>
      adminServer({
        peers,
        appMaker: {
          make: () => ({
            async *run({ thread }) {
              await goOn.promise
              yield* streamText(thread, 'Hello')
            },
          }),
          problemsOf: () => [],
        },
      }),
    )
    for (const server of servers) {
      onTestFinished(() => server.close())
      await server.admin('POST', '/apps', { id: 'shop', name: 'Shop', agent: {}, max_concurrent_runs: 1 })
    }
    const ask = (server: (typeof servers)[number] | undefined) =>
      server?.fetch('/api/chatkit/shop', { type: 'message', content: 'Hi' })

    const first = await ask(servers[0])
    const second = await ask(servers[1])
    expect([first?.status, second?.status]).toEqual([200, 429])
    expect(await second?.text()).toContain('1 answer')

    goOn.resolve()
    await first?.text()
    await expect.poll(async () => (await ask(servers[1]))?.status).toBe(200)
  })
})
