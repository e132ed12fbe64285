import { afterEach, describe, expect, it } from 'vitest'
import { streamText } from '../../chatkit-server/stream-text.js'
import { memoryRateLimiter } from '../../http/rate-limits/memory-rate-limiter.js'
import { type AdminServer, adminServer } from '../admin/admin.fixture.js'
import { echo } from './clickai.fixture.js'

let server: AdminServer
afterEach(() => server.close())

async function start() {
  let now = Date.UTC(2026, 0, 1, 12)
  server = adminServer({
    respond: (thread) => streamText(thread, 'Hello'),
    rateLimits: { limiter: memoryRateLimiter(() => now), limits: {} },
  })
  const key = await server.keyWith(['chat'], 'demo')
  const get = (path: string, credential = key) =>
    server.fetch(path, undefined, { as: null, headers: { authorization: `Bearer ${credential}` } })
  return { get, later: (seconds: number) => (now += seconds * 1000) }
}

const plan = (requests_per_minute: number | null, requests_per_day: number | null) =>
  server.admin('PATCH', '/workspace', { rate_plan: { requests_per_minute, requests_per_day } })

describe('D7: rate plans', () => {
  it('say with every answer what is left', async () => {
    const { get } = await start()
    await server.admin('PATCH', '/workspace', { rate_plan: 'sandbox' })

    const answer = await get('/v1/info')

    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-ratelimit-limit')).toBe('100')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('99')
    expect(Number(answer.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1_700_000_000)
  })

  it('refuse what is too much for a minute, for all keys of the workspace, until there is room again', async () => {
    const { get, later } = await start()
    await plan(2, null)
    const knowledge = await server.keyWith(['knowledge'])
    expect([(await get('/v1/info')).status, (await get('/v1/datasets', knowledge)).status]).toEqual([200, 200])

    const refused = await get('/v1/info')

    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests', status: 429 })
    expect((await get('/v1/datasets', knowledge)).status).toBe(429)
    later(60)
    expect((await get('/v1/info')).status).toBe(200)
  })

  it('say by their code that trying again soon is of no use when it was too much for a day', async () => {
    const { get, later } = await start()
    await plan(null, 1)
    await get('/v1/info')

    const refused = await get('/v1/info')

    expect(await refused.json()).toMatchObject({ code: 'rate_limit_error', status: 429 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3600)
    later(12 * 3600)
    expect((await get('/v1/info')).status).toBe(200)
  })

  it('have the names of the guide', async () => {
    await start()
    const named = async (rate_plan: string) => (await server.admin('PATCH', '/workspace', { rate_plan })).body.rate_plan

    expect(await named('sandbox')).toMatchObject({ requests_per_minute: 100, requests_per_day: 10_000 })
    expect(await named('professional')).toMatchObject({ requests_per_minute: 500, requests_per_day: 100_000 })
    expect(await named('team')).toMatchObject({ requests_per_minute: 1_000, requests_per_day: 500_000 })
    expect(await named('enterprise')).toMatchObject({ requests_per_minute: null, requests_per_day: null })
  })
})

describe('D7: answers at once', () => {
  it('are refused beyond what the app may write, until one of them ends', async () => {
    let finish = (): void => undefined
    const waiting = new Promise<void>((resolve) => {
      finish = resolve
    })
    server = adminServer({
      appMaker: {
        make: () => ({
          async *run({ thread }) {
            await waiting
            yield* streamText(thread, 'Hello')
          },
        }),
        problemsOf: () => [],
      },
    })
    const agent = { instructions: '' }
    await server.admin('POST', '/apps', { id: 'shop', name: 'Shop', agent, max_concurrent_runs: 1 })
    const key = await server.keyWith(['chat'], 'shop')
    const ask = () =>
      server.fetch(
        '/v1/chat-messages',
        { query: 'Hi', user: 'u1', response_mode: 'streaming' },
        { as: null, headers: { authorization: `Bearer ${key}` } },
      )
    const first = await ask()

    const second = await ask()

    expect(second.status).toBe(429)
    expect(await second.json()).toMatchObject({
      code: 'too_many_requests',
      message: expect.stringContaining('1 answer'),
    })
    finish()
    await first.text()
    const third = await ask()
    expect(third.status).toBe(200)
    await third.text()
    const { body } = await server.admin('PATCH', '/apps/shop', { max_concurrent_runs: null })
    expect(body.max_concurrent_runs).toBeNull()
  })

  it('give their place back when their reader leaves', async () => {
    server = adminServer({ appMaker: { make: () => echo(), problemsOf: () => [] } })
    const agent = { instructions: '' }
    await server.admin('POST', '/apps', { id: 'shop', name: 'Shop', agent, max_concurrent_runs: 1 })
    const key = await server.keyWith(['chat'], 'shop')
    const ask = (query: string, response_mode: string) => {
      const headers = { authorization: `Bearer ${key}` }
      return server.fetch('/v1/chat-messages', { query, user: 'u1', response_mode }, { as: null, headers })
    }
    const reader = (await ask('wait', 'streaming')).body?.getReader()
    await reader?.read()
    expect((await ask('Hi', 'blocking')).status).toBe(429)

    await reader?.cancel()

    await expect.poll(async () => (await ask('Hi', 'blocking')).status).toBe(200)
  })
})
