import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { API_KEY_SCOPES } from '../../auth/api-keys.js'
import { consoleLog } from '../../base/log.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { redisRateLimiter } from '../../cluster/redis-rate-limiter.js'
import { testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'
import { memoryRateLimiter } from './memory-rate-limiter.js'
import type { RateLimiter, RateRule } from './rate-limiter.js'
import type { RateLimits } from './rules.js'

const REDIS_URL = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'

/** A limiter, and a second one that shares its counts. */
const PLACES: [string, () => Promise<[RateLimiter, RateLimiter]>][] = [
  ['in memory', async () => [memoryRateLimiter()].flatMap((one) => [one, one]) as [RateLimiter, RateLimiter]],
  [
    'in Redis, for two processes',
    async () => [await redisRateLimiter(REDIS_URL, consoleLog), await redisRateLimiter(REDIS_URL, consoleLog)],
  ],
]

describe.each(PLACES)('A14: rate limits %s', (_, open) => {
  const opened = async () => {
    const pair = await open()
    onTestFinished(async () => void (await Promise.all(pair.map((limiter) => limiter.close()))))
    return pair
  }
  const rule = (limit: number, more: Partial<RateRule> = {}): RateRule => ({
    scope: 'user',
    key: randomUUID(),
    limit,
    window: 'minute',
    ...more,
  })
  const allowed = async (requests: Promise<unknown>[]) =>
    (await Promise.allSettled(requests)).filter(({ status }) => status === 'fulfilled').length

  it('let exactly as many through as allowed, of 100 that come at once', async () => {
    const limiters = await opened()
    const rules = [rule(10)]

    const requests = Array.from({ length: 100 }, (_, index) => (limiters[index % 2] ?? limiters[0]).take(rules))

    expect(await allowed(requests)).toBe(10)
  })

  it('say how much is left, of the limit with the least', async () => {
    const [limiter] = await opened()
    const rules = [rule(10), rule(3, { scope: 'workspace', window: 'day' })]

    await limiter.take(rules)

    expect(await limiter.take(rules)).toMatchObject({ limit: 3, remaining: 1 })
  })

  it('do not count a refused request against the other limits', async () => {
    const [limiter] = await opened()
    const [wide, narrow] = [rule(5), rule(1, { scope: 'workspace' })]
    await limiter.take([narrow])

    await expect(limiter.take([wide, narrow])).rejects.toMatchObject({ code: 'rate_limited' })

    expect(await limiter.take([wide])).toMatchObject({ remaining: 4 })
  })

  it('give back all that a flood of refused requests had counted', async () => {
    const [limiter] = await opened()
    const [wide, narrow] = [rule(10), rule(2, { scope: 'workspace' })]

    const passed = await allowed(Array.from({ length: 100 }, () => limiter.take([wide, narrow])))

    expect(passed).toBe(2)
    expect(await allowed(Array.from({ length: 100 }, () => limiter.take([wide])))).toBe(8)
  })

  it('go on with the same count when they change', async () => {
    const [limiter] = await opened()
    const old = rule(3)
    await allowed(Array.from({ length: 5 }, () => limiter.take([old])))

    expect(await allowed(Array.from({ length: 5 }, () => limiter.take([{ ...old, limit: 4 }])))).toBe(1)
  })

  it('keep people apart', async () => {
    const [limiter] = await opened()
    await limiter.take([rule(1)])

    expect(await limiter.take([rule(1)])).toMatchObject({ remaining: 0 })
  })
})

describe('D7: the minute of a rate limit', () => {
  it('is any sixty seconds: a burst at the end of one minute counts in the next', async () => {
    let now = Date.UTC(2026, 0, 1)
    const limiter = memoryRateLimiter(() => now)
    const rules: RateRule[] = [{ scope: 'workspace', key: 'shop', limit: 3, window: 'minute' }]
    const passes = () =>
      limiter.take(rules).then(
        () => 'passes',
        (refusal) => refusal.options.details.retry_after,
      )

    expect(await passes()).toBe('passes')
    now += 59_000
    expect([await passes(), await passes()]).toEqual(['passes', 'passes'])
    now += 500
    expect(await passes()).toBe(1)
    now += 500
    expect([await passes(), await passes()]).toEqual(['passes', 59])
  })
})

describe('A14: a server without its Redis', () => {
  it('goes on, counts for itself and says so once', async () => {
    const error = vi.fn()
    const limiter = await redisRateLimiter('redis://127.0.0.1:1', { ...consoleLog, error })
    onTestFinished(() => limiter.close())
    const rules: RateRule[] = [{ scope: 'user', key: 'ada', limit: 1, window: 'minute' }]

    await limiter.take(rules)

    await expect(limiter.take(rules)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(error).toHaveBeenCalledOnce()
  })
})

describe('A14: POST /api/chatkit over the limit', () => {
  const limited = async (limits: RateLimits) => {
    const parley = testParley({
      respond: (thread) => streamText(thread, 'Hello'),
      rateLimits: { limiter: memoryRateLimiter(() => Date.UTC(2026, 0, 1)), limits },
    })
    onTestFinished(() => parley.close())
    return parley
  }
  const message = { input: userText('Hi') }

  it('answers 429 with the time to wait, in words and in headers', async () => {
    const parley = await limited({ userPerMinute: 1 })
    const first = await parley.send('threads.create', message)
    const second = await parley.send('threads.create', message)

    expect([first.status, second.status]).toEqual([200, 429])
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(second.headers.get('retry-after')).toBe('60')
    expect(await second.json()).toMatchObject({
      error: { code: 'rate_limited', message: expect.stringContaining('Try again in 60 s.') },
    })
  })

  it('lets exactly as many of 100 at once pass as the person and the workspace may send', async () => {
    const parley = await limited({ userPerMinute: 10, workspacePerDay: 25 })

    const statuses = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const answer = await parley.send('threads.create', message, { as: `person ${index % 5}` })
        await answer.text()
        return answer.status
      }),
    )

    expect(statuses.filter((status) => status === 200)).toHaveLength(25)
    expect(statuses.filter((status) => status === 429)).toHaveLength(75)
  })

  it('stores nothing of a refused message, and still shows what there is', async () => {
    const parley = await limited({ userPerMinute: 1 })
    await (await parley.send('threads.create', message)).text()
    await parley.send('threads.create', message)

    const threads = await parley.send('threads.list', {})

    expect(threads.status).toBe(200)
    expect(await threads.json()).toMatchObject({ data: [expect.anything()] })
  })

  it('counts each person for himself and all of them for their workspace', async () => {
    const parley = await limited({ userPerMinute: 2, workspacePerDay: 3 })
    const statuses: number[] = []
    for (const as of ['ada', 'ada', 'ada', 'bo', 'bo'])
      statuses.push((await parley.send('threads.create', message, { as })).status)

    expect(statuses).toEqual([200, 200, 429, 200, 429])
  })

  it('counts nothing of a request that is not valid', async () => {
    const parley = await limited({ userPerMinute: 1 })
    await parley.send('threads.create', {})

    expect((await parley.send('threads.create', message)).status).toBe(200)
  })
})

describe('A14: what a workspace says of its limits', () => {
  const KEY = 'sk-parley-key-of-these-tests'
  const started = (limits: RateLimits) => {
    const parley = testParley({
      respond: (thread) => streamText(thread, 'Hello'),
      rateLimits: { limiter: memoryRateLimiter(), limits },
      apiKeys: [{ key: KEY, id: 'key_1', workspaceId: 'test', scopes: [...API_KEY_SCOPES] }],
    })
    onTestFinished(() => parley.close())
    const asServer = (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
      parley.fetch(path, body, { as: null, headers: { authorization: `Bearer ${KEY}` }, method })
    return {
      asServer,
      change: (body: object) => asServer('/api/admin/v1/workspace', body, 'PATCH'),
      say: async (as = 'ada') => (await parley.send('threads.create', { input: userText('Hi') }, { as })).status,
    }
  }

  it('counts at once, for the workspace and for each person', async () => {
    const { change, say } = started({})
    expect([await say(), await say()]).toEqual([200, 200])

    await change({ rate_plan: { requests_per_minute: 1, requests_per_day: null } })
    expect([await say(), await say()]).toEqual([200, 429])
    await change({ rate_plan: 'unlimited', user_limits: { requests_per_minute: null, requests_per_day: 1 } })
    expect([await say(), await say(), await say('bo')]).toEqual([200, 429, 200])
    await change({ user_limits: null })
    expect(await say()).toBe(200)
  })

  it('counts each API key, and says what is left on every route of servers', async () => {
    const { asServer, change } = started({ keyPerMinute: 3 })
    const session = { user: 'ada', workflow: { id: 'demo' } }

    const answers = [
      await asServer('/v1/chatkit/sessions', session),
      await asServer('/api/ai/v1/chatkit/sessions', {}),
      await asServer('/v1/chatkit/threads/cthr_missing'),
      await asServer('/v1/chatkit/sessions'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 201, 404, 429])
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['2', '1', '0', '0'])
    expect(answers[3]?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(answers[3]?.headers.get('retry-after-ms')).toMatch(/^\d+$/)
    // The admin API has a limit of its own, so that a limit that is used up can be raised.
    expect((await change({ key_limits: { requests_per_minute: 5, requests_per_day: null } })).status).toBe(200)
    expect((await asServer('/v1/chatkit/sessions')).status).toBe(200)
  })

  it('takes no request of the plan for setting up, so that a plan that is used up can be changed', async () => {
    const { asServer, change, say } = started({ workspacePerMinute: 1 })
    expect([await say(), await say()]).toEqual([200, 429])
    expect((await asServer('/v1/chatkit/threads')).status).toBe(429)

    const changed = await change({ rate_plan: 'team' })

    expect(changed.status).toBe(200)
    expect(await changed.json()).toMatchObject({ rate_plan: { name: 'team', source: 'workspace' } })
    expect(await say()).toBe(200)
  })
})
