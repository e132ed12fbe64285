import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeRunStore } from '../testing/describe-run-store.js'
import { describeStore } from '../testing/describe-store.js'
import { ALICE, BOB } from '../testing/engine-fixture.js'
import { cachedItems } from './cached-items.js'
import { sqliteStore } from './sqlite/sqlite-store.js'
import type { DurableStore, Order, Scope } from './store.js'

const runner = { describe, it, expect }
const ownerOf = ({ workspaceId, userId, appId }: Scope) => JSON.stringify([workspaceId, userId, appId])

const cachedStore = async () => {
  const store = cachedItems(sqliteStore(':memory:'), ownerOf)
  return { store, contextFor: (userId: string): Scope => ({ ...ALICE, userId }), close: () => store.close() }
}

describeStore(runner, 'SQLite with cached items', cachedStore)
describeRunStore(runner, 'SQLite with cached items', cachedStore)

const thread = {
  id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  status: { type: 'active' as const },
  metadata: {},
}
const item = (number: number, text = '') => ({
  id: `msg_${number}`,
  thread_id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'assistant_message' as const,
  content: [{ type: 'output_text' as const, text, annotations: [] }],
})
const ALL = { limit: 100, order: 'asc' as const }

/** A store that counts how often items are read from it. */
function countedStore() {
  const store = sqliteStore(':memory:')
  let reads = 0
  const counted: DurableStore<Scope> = {
    ...store,
    loadThreadItems(...page) {
      reads += 1
      return store.loadThreadItems(...page)
    },
  }
  return { bare: store, cached: cachedItems(counted, ownerOf), reads: () => reads }
}

describe('cachedItems', () => {
  it('reads a thread once, however often it is asked and written to', async () => {
    const { cached, reads } = countedStore()
    await cached.saveThread(thread, ALICE)

    for (let number = 0; number < 10; number += 1) {
      await cached.addThreadItem('thr_1', item(number), ALICE)
      expect((await cached.loadThreadItems('thr_1', ALL, ALICE)).data).toHaveLength(number + 1)
    }

    expect(reads()).toBe(1)
  })

  it('shows nobody what somebody else has read', async () => {
    const { cached } = countedStore()
    await cached.saveThread(thread, ALICE)
    await cached.loadThreadItems('thr_1', ALL, ALICE)

    await expect(cached.loadThreadItems('thr_1', ALL, BOB)).rejects.toMatchObject({ code: 'thread_not_found' })
  })

  it('gives readers the same frozen object until it is replaced', async () => {
    const { cached } = countedStore()
    const read = async () => (await cached.readThreadItems?.('thr_1', ALL, ALICE))?.data ?? []
    await cached.saveThread(thread, ALICE)
    await cached.addThreadItem('thr_1', item(1), ALICE)
    await cached.addThreadItem('thr_1', item(2, 'before'), ALICE)
    const first = await read()
    await cached.saveItem('thr_1', item(2, 'after'), ALICE)
    const second = await read()

    expect(second[0]).toBe(first[0])
    expect(second).toEqual([item(1), item(2, 'after')])
    expect(() => Object.assign(first[0]!, { id: 'other' })).toThrow(TypeError)
    expect(() => Object.assign((second[1] as ReturnType<typeof item>).content[0]!, { text: '' })).toThrow(TypeError)
  })

  it('gives copies: changing one changes nothing kept', async () => {
    const { cached } = countedStore()
    await cached.saveThread(thread, ALICE)
    await cached.addThreadItem('thr_1', item(1, 'as stored'), ALICE)

    for (let turn = 0; turn < 2; turn += 1) {
      const page = await cached.loadThreadItems('thr_1', ALL, ALICE)
      expect(page.data).toEqual([item(1, 'as stored')])
      Object.assign(page.data[0]!, { content: [] })
    }
  })

  it('always answers what the store itself would, after any writes, also at the same moment', async () => {
    const step = fc.oneof(
      fc.record({ type: fc.constantFrom('add', 'save', 'remove'), number: fc.nat(5), text: fc.string() }),
      fc.record({ type: fc.constantFrom('end', 'read'), number: fc.nat(5), text: fc.string() }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.boolean(), async (steps, atOnce) => {
        const { bare, cached } = countedStore()
        await cached.saveThread(thread, ALICE)
        const run = (number: number) => ({
          id: `run_${number}`,
          thread_id: 'thr_1',
          status: 'completed' as const,
          attempt: 1,
          trigger: { type: 'action' as const },
          last_sequence: 0,
          created_at: thread.created_at,
        })
        const take: Record<string, (number: number, text: string) => Promise<unknown>> = {
          add: (number, text) => cached.addThreadItem('thr_1', item(number, text), ALICE),
          save: (number, text) => cached.saveItem('thr_1', item(number, text), ALICE),
          remove: (number) => cached.deleteThreadItem('thr_1', `msg_${number}`, ALICE),
          end: (number, text) =>
            cached.startRun(run(number), { items: [item(number, text)], removedItemIds: ['msg_0'] }, ALICE),
          read: () => cached.loadThreadItems('thr_1', ALL, ALICE),
        }
        const taken: Promise<unknown>[] = []
        for (const { type, number, text } of steps) {
          const taking = take[type]?.(number, text).catch(() => 'refused') // an item to save may be missing
          taken.push(Promise.resolve(taking))
          if (!atOnce) await taking
        }
        await Promise.all(taken)

        for (const order of ['asc', 'desc'] as Order[]) {
          for (const limit of [2, 100]) {
            const query = { limit, order }
            const page = await cached.loadThreadItems('thr_1', query, ALICE)
            expect(page).toEqual(await bare.loadThreadItems('thr_1', query, ALICE))
            if (!page.after) continue
            const next = { ...query, after: page.after }
            expect(await cached.loadThreadItems('thr_1', next, ALICE)).toEqual(
              await bare.loadThreadItems('thr_1', next, ALICE),
            )
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
