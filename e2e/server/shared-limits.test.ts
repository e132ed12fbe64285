import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startParley } from '../support/parley-process.js'

const REDIS_URL = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const SECRET = 'the-secret-of-these-tests-is-long-enough'
const KEY = 'a-key-that-only-these-tests-know-of'

/** Two servers of the built command that share nothing but a Redis, in which their counts are their own. */
async function startTwo(settings: Record<string, string>) {
  const url = new URL(REDIS_URL)
  url.searchParams.set('keyPrefix', `${randomUUID()}:`)
  const env = { ENVIRONMENT: 'production', PARLEY_JWT_SECRET: SECRET, PARLEY_API_KEY: KEY, REDIS_URL: url.href }
  return Promise.all(
    [0, 1].map(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-limits-'))
      const server = await startParley({ PARLEY_DATA: folder, ...env, ...settings })
      onTestFinished(async () => {
        await server.kill()
        rmSync(folder, { recursive: true, force: true })
      })
      return server.url
    }),
  )
}

const tokenOf = (sub: string) =>
  new SignJWT({ sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET))

async function statusOf(answer: Promise<Response>): Promise<number> {
  const response = await answer
  await response.text()
  return response.status
}

const count = (statuses: number[], status: number) => statuses.filter((one) => one === status).length

describe('A14: two processes on one Redis', () => {
  it('let exactly as many of 100 requests at once pass as a person, a workspace and a key may send', async () => {
    const urls = await startTwo({
      RATE_LIMIT_REQUESTS: '10',
      PARLEY_RATE_PLAN: '45/minute,1000/day',
      PARLEY_KEY_LIMITS: '7/minute,1000/day',
    })
    const tokens = await Promise.all(Array.from({ length: 5 }, (_, index) => tokenOf(`person ${index}`)))
    const say = (token = '', index = 0) =>
      statusOf(
        fetch(`${urls[index % 2]}/api/chatkit`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({ type: 'message', content: 'Hello' }),
        }),
      )
    const list = (index: number) =>
      statusOf(fetch(`${urls[index % 2]}/v1/chatkit/threads`, { headers: { authorization: `Bearer ${KEY}` } }))

    const hundred = (ask: (index: number) => Promise<number>) =>
      Promise.all(Array.from({ length: 100 }, (_, index) => ask(index)))

    const byKey = await hundred(list)
    const alone = await hundred((index) => say(tokens[0], index))
    const together = await hundred((index) => say(tokens[index % 5], index >> 1))

    expect([count(byKey, 200), count(byKey, 429)]).toEqual([7, 93])
    expect([count(alone, 200), count(alone, 429)]).toEqual([10, 90])
    // What is left of the workspace's 45.
    expect([count(together, 200), count(together, 429)]).toEqual([28, 72])
  })
})
