import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleAnswer, sampleThread } from '../testing/samples.js'
import { memoryStore } from './memory-store.js'
import { postgresStore } from './postgres/postgres-store.js'
import { createTestDatabase, type TestDatabase } from './postgres/test-database.fixture.js'
import { sqliteStore } from './sqlite/sqlite-store.js'
import type { DurableStore, Order, Scope, Store } from './store.js'

const scope: Scope = { workspaceId: 'workspace', userId: 'ada', appId: 'app' }

/** What others do between two pages; ids count from the first item. */
type Change = { add: true } | { replace: number } | { remove: number }

const walks = fc.record({
  order: fc.constantFrom<Order>('asc', 'desc'),
  limit: fc.integer({ min: 1, max: 4 }),
  existing: fc.integer({ min: 0, max: 12 }),
  changes: fc.array(
    fc.array(
      fc.oneof(
        fc.constant({ add: true as const }),
        fc.record({ replace: fc.nat({ max: 14 }) }),
        fc.record({ remove: fc.nat({ max: 14 }) }),
      ),
      { maxLength: 3 },
    ),
    { maxLength: 8 },
  ),
})
type Walk = typeof walks extends fc.Arbitrary<infer Value> ? Value : never

let database: TestDatabase
let postgres: DurableStore<Scope>
beforeAll(async () => {
  database = await createTestDatabase()
  postgres = await postgresStore(database)
})
afterAll(async () => {
  await postgres.close()
  await database.drop()
})

describe.each([
  { name: 'SQLite', open: () => sqliteStore(':memory:'), numRuns: 150 },
  { name: 'PostgreSQL', open: () => postgres, numRuns: 25 },
  { name: 'memory', open: () => memoryStore(({ userId }: Scope) => userId), numRuns: 150 },
])('pages of $name while items with equal times are added, replaced and deleted', ({ open, numRuns }) => {
  it('A15: show every lasting item exactly once, in the order of creation', async () => {
    const store = open()

    await fc.assert(
      fc.asyncProperty(walks, async (walk) => {
        const { seen, removed } = await walkWhileChanging(store, walk)

        const numbers = seen.map((id) => Number(id.slice('msg_'.length)))
        const sorted = numbers.toSorted((left, right) => (walk.order === 'asc' ? left - right : right - left))
        expect(numbers).toEqual(sorted)
        expect(new Set(numbers).size).toBe(numbers.length)
        const lasting = Array.from({ length: walk.existing }, (_, index) => `msg_${index}`).filter(
          (id) => !removed.has(id),
        )
        expect(seen).toEqual(expect.arrayContaining(lasting))
      }),
      { numRuns },
    )
  })
})

async function walkWhileChanging(
  store: Store<Scope>,
  { order, limit, existing, changes }: Walk,
): Promise<{ seen: string[]; removed: Set<string> }> {
  await store.deleteThread('thr_1', scope)
  await store.saveThread(sampleThread('thr_1'), scope)
  const seen: string[] = []
  const removed = new Set<string>()
  let count = 0
  const add = () => store.addThreadItem('thr_1', sampleAnswer(`msg_${count++}`, 'thr_1'), scope)
  while (count < existing) await add()

  let after: string | undefined
  for (const between of [...changes, ...Array<Change[]>(20).fill([])]) {
    const page = await store.loadThreadItems('thr_1', { limit, order, after }, scope)
    seen.push(...page.data.map(({ id }) => id))
    if (!page.has_more) break
    after = page.after
    for (const change of between) await apply(change)
  }
  return { seen, removed }

  async function apply(change: Change): Promise<void> {
    if ('add' in change) return add()
    const id = `msg_${'replace' in change ? change.replace : change.remove}`
    const isThere = Number(id.slice('msg_'.length)) < count && !removed.has(id)
    if (!isThere) return
    if ('replace' in change) return store.addThreadItem('thr_1', sampleAnswer(id, 'thr_1', 'replaced'), scope)
    if (id === after) return // the reader's own cursor: deleting it ends the walk with `invalid_cursor`
    removed.add(id)
    return store.deleteThreadItem('thr_1', id, scope)
  }
}
