import type { KeptValue } from '../storage/value-store.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'

const ada = { workspaceId: 'shop', userId: 'ada' }
const others = [
  { ...ada, userId: 'c'.repeat(300) },
  { ...ada, workspaceId: 'bank' },
]

const NOW = '2026-11-20T12:00:00.000Z'
const at = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString()

const sample = (key: string, fields: Partial<KeptValue> = {}): KeptValue => ({
  namespace: ['notes', 'odd \0 name'],
  key,
  value: { text: key },
  created_at: NOW,
  updated_at: NOW,
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

      expect(await values.load(sample('a'), ada, NOW)).toEqual(
        sample('a', { value: { text: 'new' }, updated_at: later }),
      )
      expect(await values.load({ ...sample('a'), namespace: ['notes'] }, ada, NOW)).toEqual(null)
      expect(await values.delete(sample('a'), ada)).toEqual(true)
      expect(await values.delete(sample('a'), ada)).toEqual(false)
      expect(await values.load(sample('a'), ada, NOW)).toEqual(null)
    })

    test('lists them by creation to their owner alone', async ({ values }) => {
      for (const key of ['b', 'a', 'c']) await values.put(sample(key), ada)
      for (const owner of others) await values.put(sample('other'), owner)

      const first = await values.list({ limit: 2, order: 'asc' }, ada, NOW)
      const rest = await values.list({ limit: 2, order: 'asc', ...(first.after && { after: first.after }) }, ada, NOW)
      const newest = await values.list({ limit: 1, order: 'desc' }, ada, NOW)

      expect([...first.data, ...rest.data].map(({ key }) => key)).toEqual(['b', 'a', 'c'])
      expect([first.has_more, rest.has_more]).toEqual([true, false])
      expect(newest.data).toEqual([sample('c')])
      for (const owner of others) {
        expect(await values.load(sample('a'), owner, NOW)).toEqual(null)
        expect((await values.list({ limit: 5, order: 'asc' }, owner, NOW)).data).toEqual([sample('other')])
        const foreign = values.list({ limit: 5, order: 'asc', ...(first.after && { after: first.after }) }, owner, NOW)
        expect(await failureOf(foreign)).toEqual('invalid_cursor')
      }
    })

    test('are there for their minutes, as if they were gone then', async ({ values }) => {
      const short = sample('short', { ttl_minutes: 1.5 })
      await values.put(sample('kept'), ada)
      await values.put(short, ada)
      await values.put(sample('long', { ttl_minutes: 10 }), ada)
      const keys = async (minutes: number) => {
        const { data } = await values.list({ limit: 9, order: 'asc' }, ada, at(minutes))
        return data.map(({ key }) => key)
      }

      expect(await values.load(short, ada, at(1.4))).toEqual(short)
      expect(await values.load(short, ada, at(1.5))).toEqual(null)
      expect(await keys(1.4)).toEqual(['kept', 'short', 'long'])
      expect(await keys(1.5)).toEqual(['kept', 'long'])
      expect(await keys(10)).toEqual(['kept'])
      const again = { ...short, created_at: at(5), updated_at: at(5) }
      await values.put(again, ada)
      expect(await values.load(short, ada, at(6))).toEqual(again)
    })

    test('count their minutes anew when they are refreshed, and not at all when they are put without', async ({
      values,
    }) => {
      const timed = sample('timed', { ttl_minutes: 10 })
      const kept = sample('kept')
      for (const value of [timed, kept]) {
        await values.put(value, ada)
        for (const owner of others) await values.put(value, owner)
        await values.refresh(value, ada, at(5))
      }

      expect(await values.load(timed, ada, at(14))).toEqual(timed)
      expect(await values.load(timed, ada, at(15))).toEqual(null)
      for (const owner of others) expect(await values.load(timed, owner, at(10))).toEqual(null)
      expect(await values.load(kept, ada, at(1e6))).toEqual(kept)
      await values.put(sample('timed'), ada)
      await values.refresh(timed, ada, at(5))
      expect(await values.load(timed, ada, at(1e6))).toEqual(sample('timed'))
    })

    test('are deleted when their time is over, whoever’s they are, the longest over first', async ({ values }) => {
      const [other = ada] = others
      await values.put(sample('kept'), ada)
      await values.put(sample('later', { ttl_minutes: 9 }), ada)
      await values.put(sample('sooner', { ttl_minutes: 4 }), other)

      expect([await values.hasExpired(at(3)), await values.deleteExpired(at(3), 9)]).toEqual([false, 0])
      expect([await values.hasExpired(at(9)), await values.deleteExpired(at(9), 1)]).toEqual([true, 1])
      expect(await values.delete(sample('sooner'), other)).toEqual(false)
      expect(await values.deleteExpired(at(9), 9)).toEqual(1)
      expect(await values.delete(sample('later'), ada)).toEqual(false)
      expect(await values.hasExpired(at(1e6))).toEqual(false)
      expect(await values.load(sample('kept'), ada, NOW)).toEqual(sample('kept'))
    })

    test('go with their user, and nobody else’s do', async ({ values, workspaces }) => {
      for (const owner of [ada, ...others]) await values.put(sample('a'), owner)

      await workspaces.forgetUser(ada.workspaceId, ada.userId)

      expect(await values.load(sample('a'), ada, NOW)).toEqual(null)
      for (const owner of others) expect(await values.load(sample('a'), owner, NOW)).toEqual(sample('a'))
    })
  })
}
