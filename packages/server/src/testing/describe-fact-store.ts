import type { Fact } from '../storage/fact-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { type OpenStore, storeTest } from './store-test.js'
import type { TestRunner } from './test-runner.js'

const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
const strangers = [
  { ...ada, userId: 'ben' },
  { ...ada, appId: 'sales' },
  { ...ada, workspaceId: 'bank' },
]

const fact = (id: string): Fact => ({ id, text: `Likes ${id}.`, created_at: '2026-01-01T00:00:00.000Z' })

/**
 * Declares the tests of a `FactStore`.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeFactStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)
  const add = (store: ServerStore, id: string, owner = ada) =>
    store.facts.changeFacts(owner, (facts) => [...facts, fact(id)])

  describe(`${name}: what apps remember about their users`, () => {
    test('keeps it for its own user, app and workspace', async (store) => {
      await add(store, 'tea')
      await add(store, 'rain')

      expect(await store.facts.loadFacts(ada)).toEqual([fact('tea'), fact('rain')])
      for (const stranger of strangers) expect(await store.facts.loadFacts(stranger)).toEqual([])
    })

    test('loses none of many that are added at once', async (store) => {
      const ids = Array.from({ length: 20 }, (_, index) => `thing ${index}`)
      await Promise.all(ids.map((id) => add(store, id)))

      expect((await store.facts.loadFacts(ada)).map(({ id }) => id).sort()).toEqual(ids.toSorted())
    })

    test('knows the user by them alone, lists them by app, and forgets them with the user', async (store) => {
      await add(store, 'tea')
      await add(store, 'rain', { ...ada, appId: 'sales' })
      await add(store, 'snow', { ...ada, userId: 'ben' })

      expect((await store.workspaces.loadUser('shop', 'ada'))?.id).toEqual('ada')
      expect(await store.facts.listFacts('shop', 'ada')).toEqual([
        { appId: 'sales', facts: [fact('rain')] },
        { appId: 'support', facts: [fact('tea')] },
      ])
      await store.workspaces.forgetUser('shop', 'ada')
      expect(await store.workspaces.loadUser('shop', 'ada')).toEqual(null)
      expect(await store.facts.listFacts('shop', 'ben')).toEqual([{ appId: 'support', facts: [fact('snow')] }])
    })

    test('leaves nothing behind when the last one goes', async (store) => {
      await add(store, 'tea')
      await store.facts.changeFacts(ada, () => [])

      expect(await store.workspaces.loadUser('shop', 'ada')).toEqual(null)
    })
  })
}
