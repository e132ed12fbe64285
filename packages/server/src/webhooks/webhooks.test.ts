import { expect, it, onTestFinished } from 'vitest'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import type { RunRecord, Scope } from '../storage/store.js'
import { createWebhooks } from './webhooks.js'

const ada: Scope = { workspaceId: 'shop', userId: 'ada', appId: 'support' }

/** A store in which a run has ended that somebody wants to hear of, and a server over it. */
async function start(guardedFetch: GuardedFetch) {
  const store = sqliteStore(':memory:')
  onTestFinished(() => store.close())
  const clock = scriptedClock()
  const now = clock.now().toISOString()
  const thread = { id: 'thr_1', created_at: now, status: { type: 'active' as const }, metadata: {} }
  const run: RunRecord = {
    id: 'run_1',
    thread_id: thread.id,
    status: 'running',
    attempt: 1,
    trigger: { type: 'user_message' },
    last_sequence: 0,
    created_at: now,
    webhook: { url: 'https://example.com/hook', public_url: 'https://chat.example.com' },
  }
  await store.startRun(run, { thread }, ada)
  await store.endRun({ ...run, status: 'completed', ended_at: now }, {}, ada)
  const warned: string[] = []
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, error: quiet, warn: (text: string) => void warned.push(text) }
  const webhooks = createWebhooks({
    store: store.runEnds,
    clock,
    log,
    guardedFetch,
    bodyOf: async ({ run: { id } }) => ({ run_id: id }),
  })
  const due = () => store.runEnds.listDue(clock.now().toISOString(), 10)
  return { webhooks, clock, due, warned }
}

it('C1: a webhook is told once', async () => {
  const told: unknown[] = []
  const { webhooks, due } = await start(async (url, init) => {
    told.push([String(url), init?.body])
    return new Response()
  })

  await webhooks.tick()
  await webhooks.tick()

  expect(told).toEqual([['https://example.com/hook', '{"run_id":"run_1"}']])
  expect(await due()).toEqual([])
})

it('C1: one that refuses is told again later, and given up in the end', async () => {
  let tries = 0
  const { webhooks, clock, due, warned } = await start(async () => {
    tries++
    return new Response(null, { status: 503 })
  })

  await webhooks.tick()
  await webhooks.tick()
  expect(tries).toBe(1)
  for (let hour = 0; hour < 5; hour++) {
    clock.advance(4 * 3600_000)
    await webhooks.tick()
  }

  expect(tries).toBe(5)
  expect(await due()).toEqual([])
  expect(warned.at(-1)).toBe('A webhook is given up.')
})

it('C1: one that a stopping server breaks off is told by the next server at once', async () => {
  const stopping = new AbortController()
  const { webhooks, due } = await start(async () => {
    stopping.abort()
    throw stopping.signal.reason
  })

  await webhooks.tick(stopping.signal)

  expect(await due()).toMatchObject([{ run: { id: 'run_1' }, tries: 0 }])
})
