import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scriptedClock } from '../../../base/scripted-clock.js'
import { memoryRateLimiter } from '../../../http/rate-limits/memory-rate-limiter.js'
import { diskFiles } from '../../../storage/files/disk-files.js'
import { all, echo, KEYS, langGraphParley } from '../testing.fixture.js'

const HOUR = 60 * 60 * 1000
let folder: string
let clock: ReturnType<typeof scriptedClock>
let parley: ReturnType<typeof langGraphParley>
let client: Client
let thread_id: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-'))
  clock = scriptedClock()
  parley = langGraphParley({ app: echo, clock, uploads: { files: diskFiles(folder), key: new Uint8Array(32) } })
  client = parley.client()
  thread_id = (await client.threads.create()).thread_id
})
afterEach(async () => {
  await parley.close()
  rmSync(folder, { recursive: true })
})

const hello = { input: { messages: [{ role: 'user', content: 'hello' }] } }
const asking = { ...hello, feedbackKeys: ['user_score', 'tone'] }

/** Everything a run says, and where it takes feedback. */
async function asked() {
  const chunks = await all(client.runs.stream(thread_id, 'demo', asking))
  const last = chunks.at(-1)
  return { chunks, addresses: last?.event === 'feedback' ? last.data : {} }
}

/** Somebody who has the address and nothing else. */
const post = (url: string, body: unknown) =>
  parley.handle(
    new Request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )

/** What Xpert's clients see of it. */
async function opinions(): Promise<unknown[]> {
  const [run] = await client.runs.list(thread_id)
  const path = `/api/ai/conversations/${thread_id}/messages/${run?.run_id}/feedbacks`
  const response = await parley.handle(
    new Request(`http://parley.test${path}`, { headers: { 'x-api-key': KEYS.shop } }),
  )
  return ((await response.json()) as { items: unknown[] }).items
}

describe('C1: feedbackKeys of @langchain/langgraph-sdk', () => {
  it('end the stream with an address for each key, also for those who join', async () => {
    const { chunks, addresses } = await asked()

    expect(chunks.filter(({ event }) => event === 'feedback')).toHaveLength(1)
    expect(Object.keys(addresses)).toEqual(asking.feedbackKeys)
    expect(addresses.user_score).toMatch(/^http:\/\/parley\.test\/api\/ai\/threads\//)
    const [run] = await client.runs.list(thread_id)
    const joined = await all(client.runs.joinStream(thread_id, run?.run_id ?? ''))
    expect(joined.at(-1)).toMatchObject({ event: 'feedback', data: { user_score: expect.any(String) } })
  })

  it('bring nothing where nobody asked, or where the thread goes with the run', async () => {
    const silent = await all(client.runs.stream(thread_id, 'demo', hello))
    const passing = await all(client.runs.stream(null, 'demo', asking))

    expect([...silent, ...passing].map(({ event }) => event)).not.toContain('feedback')
  })

  it('count for the user whose run it is, so that who holds an address cannot write without end', async () => {
    await parley.close()
    const limited = { limiter: memoryRateLimiter(), limits: { userPerMinute: 1 } }
    const uploads = { files: diskFiles(folder), key: new Uint8Array(32) }
    parley = langGraphParley({ app: echo, clock, uploads, rateLimits: limited })
    client = parley.client()
    thread_id = (await client.threads.create()).thread_id
    const { user_score = '' } = (await asked()).addresses

    const answers = await Promise.all(Array.from({ length: 31 }, () => post(user_score, { score: 1 })))

    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
  })

  it('take an opinion without a credential, change it and take it back', async () => {
    const { user_score = '' } = (await asked()).addresses

    const given = await post(user_score, { score: 1, comment: 'Nice' })
    const liked = await opinions()
    await post(user_score, { score: 0 })
    const disliked = await opinions()
    await post(user_score, { comment: 'Not quite' })
    const explained = await opinions()
    await post(user_score, { score: null })

    expect(given.status).toBe(204)
    expect(liked).toMatchObject([{ rating: 'like', content: 'Nice' }])
    expect(disliked).toMatchObject([{ rating: 'dislike', content: 'Nice' }])
    expect(explained).toMatchObject([{ rating: 'dislike', content: 'Not quite' }])
    expect(await opinions()).toEqual([])
  })

  it('read value as the score, or as the comment', async () => {
    const { tone = '' } = (await asked()).addresses

    await post(tone, { value: true })
    const liked = await opinions()
    await post(tone, { score: -1, value: 'rude' })

    expect(liked).toMatchObject([{ rating: 'like' }])
    expect(await opinions()).toMatchObject([{ rating: 'dislike', content: 'rude' }])
  })

  it.each([
    ['nothing', {}],
    ['a comment alone', { comment: 'Hm' }],
    ['a score in words', { score: 'good' }],
    ['a list', []],
    ['no JSON', 'good'],
  ])('refuse %s', async (_, body) => {
    const { user_score = '' } = (await asked()).addresses

    const response = await post(user_score, body)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ statusCode: 400, error: 'Bad Request' })
    expect(parley.reported).toEqual([])
  })

  it('are no longer valid after three hours', async () => {
    const { user_score = '' } = (await asked()).addresses
    clock.advance(3 * HOUR)

    const response = await post(user_score, { score: 1 })

    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('feedback_keys') })
  })

  it('give a signature that fits one run and nothing else', async () => {
    const { user_score = '' } = (await asked()).addresses
    const [run] = await client.runs.list(thread_id)
    await asked()
    const [other] = await client.runs.list(thread_id)
    const elsewhere = await client.threads.create()
    const forged = [
      user_score.replace(run?.run_id ?? '', other?.run_id ?? ''),
      user_score.replace(thread_id, elsewhere.thread_id),
      user_score.replace(/token=.*/, 'token=a.b'),
      user_score.replace(/\?.*/, ''),
      `${user_score}A`,
    ]

    for (const address of forged) expect((await post(address, { score: 1 })).status, address).toBe(404)
    expect(parley.reported).toEqual([])
  })

  it('leave no address behind when the thread goes', async () => {
    const { user_score = '' } = (await asked()).addresses
    await client.threads.delete(thread_id)

    expect((await post(user_score, { score: 1 })).status).toBe(404)
    expect((await post(user_score, { score: null })).status).toBe(404)
  })
})
