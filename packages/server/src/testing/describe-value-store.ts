import type { KeptValue } from '../storage/value-store.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'

const ada = { workspaceId: 'shop', userId: 'ada' }
const others = [
  { ...ada, userId: 'c'.repeat(300) },
  { ...ada, workspaceId: 'bank' },
]

const sample = (key: string, fields: Partial<KeptValue> = {}): KeptValue => ({
  namespace: ['notes', 'odd \0 name'],
  key,
  value: { text: key },
  created_at: '2026-11-20T12:00:00.000Z',
  updated_at: '2026-11-20T12:00:00.000Z',
  ...fields,
})

/**
 * Declares the tests every `ValueStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeValueStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  describe(`${name}: values that users’ clients keep`, () => {
    test('keeps one under its name, puts another in its place, and remembers since when', async ({ values }) => {
      const later = '2026-11-21T12:00:00.000Z'
      await values.put(sample('a'), ada)
      await values.put(sample('a', { value: { text: 'new' }, created_at: later, updated_at: later }), ada)

      expect(await values.load(sample('a').namespace, 'a', ada)).toEqual(
        sample('a', { value: { text: 'new' }, updated_at: later }),
      )
      expect(await values.load(['notes'], 'a', ada)).toEqual(null)
      expect(await values.delete(sample('a').namespace, 'a', ada)).toEqual(true)
      expect(await values.delete(sample('a').namespace, 'a', ada)).toEqual(false)
      expect(await values.load(sample('a').namespace, 'a', ada)).toEqual(null)
    })

    test('lists them by creation to their owner alone', async ({ values }) => {
      for (const key of ['b', 'a', 'c']) await values.put(sample(key), ada)
      for (const owner of others) await values.put(sample('other'), owner)

      const first = await values.list({ limit: 2, order: 'asc' }, ada)
      const rest = await values.list({ limit: 2, order: 'asc', ...(first.after && { after: first.after }) }, ada)
      const newest = await values.list({ limit: 1, order: 'desc' }, ada)

      expect([...first.data, ...rest.data].map(({ key }) => key)).toEqual(['b', 'a', 'c'])
      expect([first.has_more, rest.has_more]).toEqual([true, false])
      expect(newest.data).toEqual([sample('c')])
      for (const owner of others) {
        expect(await values.load(sample('a').namespace, 'a', owner)).toEqual(null)
        expect((await values.list({ limit: 5, order: 'asc' }, owner)).data).toEqual([sample('other')])
        const foreign = values.list({ limit: 5, order: 'asc', ...(first.after && { after: first.after }) }, owner)
        expect(await failureOf(foreign)).toEqual('invalid_cursor')
      }
    })

    test('go with their user, and nobody else’s do', async ({ values, workspaces }) => {
      for (const owner of [ada, ...others]) await values.put(sample('a'), owner)

      await workspaces.forgetUser(ada.workspaceId, ada.userId)

      expect(await values.load(sample('a').namespace, 'a', ada)).toEqual(null)
      for (const owner of others) expect(await values.load(sample('a').namespace, 'a', owner)).toEqual(sample('a'))
    })
  })
}
