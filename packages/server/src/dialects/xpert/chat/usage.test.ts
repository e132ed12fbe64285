import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Caller } from '../../../app/caller.js'
import { scriptedClock } from '../../../base/scripted-clock.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { KEYS, langGraphParley } from '../testing.fixture.js'

const HOUR = 60 * 60 * 1000
const tokens = { input_tokens: 10, output_tokens: 5, total_tokens: 15 }

/** Knows its price unless it is told "free". */
const priced: Runnable<Caller> = {
  async *run({ run, trigger }) {
    const isFree = 'item' in trigger && JSON.stringify(trigger.item).includes('free')
    yield { type: 'run.usage', run_id: run.id, usage: isFree ? tokens : { ...tokens, cost_usd: 0.5 } }
  },
}

let clock: ReturnType<typeof scriptedClock>
let parley: ReturnType<typeof langGraphParley>
let client: Client
let thread_id: string
beforeEach(async () => {
  clock = scriptedClock(new Date('2026-01-31T22:59:00.000Z'))
  parley = langGraphParley({ app: priced, clock })
  client = parley.client()
  thread_id = (await client.threads.create()).thread_id
})
afterEach(() => parley.close())

const ask = (content: string) =>
  client.runs.wait(thread_id, 'demo', { input: { messages: [{ role: 'user', content }] } })

async function usage(query: Record<string, string> = {}, key = KEYS.shop) {
  const response = await parley.handle(
    new Request(`http://parley.test/api/ai/threads/${thread_id}/usage?${new URLSearchParams(query)}`, {
      headers: { 'x-api-key': key },
    }),
  )
  const rows = (await response.json()) as { tokenUsed: number }[] // or an error, which is looked at as a whole
  return { status: response.status, rows }
}

it('C2: a thread tells what its runs have used, a row for each currency', async () => {
  const before = await usage()
  await ask('hello')
  await ask('hello again')
  await ask('free')

  expect(before.rows).toEqual([])
  expect((await usage()).rows).toHaveLength(2)
  expect((await usage()).rows).toEqual(
    expect.arrayContaining([
      { currency: 'USD', tokenUsed: 30, priceUsed: 1 },
      { currency: '', tokenUsed: 15, priceUsed: 0 },
    ]),
  )
})

it('C2: a thread tells what was used within hours of UTC, the first and the last one included', async () => {
  await ask('at 22')
  clock.advance(HOUR)
  await ask('at 23')
  clock.advance(HOUR)
  await ask('at midnight')

  const tokensIn = async (query: Record<string, string>) => (await usage(query)).rows[0]?.tokenUsed ?? 0
  expect(await tokensIn({ start: '2026-01-31 23' })).toBe(30)
  expect(await tokensIn({ end: '2026-01-31 22' })).toBe(15)
  expect(await tokensIn({ start: '2026-01-31 23', end: '2026-01-31 23' })).toBe(15)
  expect(await tokensIn({ start: '2026-02-01 01' })).toBe(0)
})

it('C2: a thread tells what its last run has used and cost, where the price is known', async () => {
  const lastUsage = async () => {
    const answer = await parley.fetch(`/api/ai/threads/${thread_id}/context-usage`, undefined, {
      as: null,
      headers: { 'x-api-key': KEYS.shop },
    })
    return ((await answer.json()) as { usage: unknown }).usage
  }

  await ask('hello')
  expect(await lastUsage()).toMatchObject({ total_tokens: 15, total_price: 0.5, currency: 'USD' })
  await ask('free')
  expect(await lastUsage()).toMatchObject({ total_tokens: 15, total_price: 0, currency: null })
})

it('C2: the usage of a thread is for its owner, and hours have a form', async () => {
  await ask('hello')

  expect((await usage({}, KEYS.bank)).status).toBe(404)
  expect(await usage({ start: 'yesterday' })).toMatchObject({
    status: 400,
    rows: { message: expect.stringContaining('2026-01-31 09') },
  })
})
