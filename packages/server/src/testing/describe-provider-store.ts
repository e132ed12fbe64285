import type { ProviderRecord, ProviderStore } from '../storage/provider-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { walk } from './opened-store.js'
import { failureOf, type TestRunner } from './test-runner.js'

const provider = (id: string, fields: Partial<ProviderRecord> = {}): ProviderRecord => ({
  id,
  workspace_id: 'shop',
  name: 'Our host',
  base_url: 'https://models.example.com/v1',
  key: { sealed: 'v1.sealed', ending: 'abcd' },
  created_at: '2026-11-20T11:00:00.000Z',
  updated_at: '2026-11-20T11:00:00.000Z',
  ...fields,
})

/**
 * Declares the tests every `ProviderStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeProviderStore(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<{ store: ServerStore; close(): Promise<void> }>,
): void {
  const test = (title: string, body: (providers: ProviderStore) => Promise<void>) =>
    it(title, async () => {
      const { store, close } = await open()
      try {
        await body(store.providers)
      } finally {
        await close()
      }
    })

  describe(`${name}: model hosts of workspaces`, () => {
    test('are added once, found and listed by their own workspace', async (providers) => {
      for (const id of ['one', 'two', 'three']) await providers.addProvider(provider(id))
      await providers.addProvider(provider('one', { workspace_id: 'bank' }))

      expect(await failureOf(providers.addProvider(provider('two')))).toEqual('conflict')
      expect(await providers.loadProvider('shop', 'two')).toEqual(provider('two'))
      expect(await providers.loadProvider('bank', 'two')).toEqual(null)
      const list = (order: 'asc' | 'desc') => walk(order, 2, (page) => providers.listProviders('shop', page))
      expect(await list('asc')).toEqual(['one', 'two', 'three'])
      expect(await list('desc')).toEqual(['three', 'two', 'one'])
      expect((await providers.everyProvider()).length).toEqual(4)
    })

    test('are changed and deleted by their own workspace only; no change is lost', async (providers) => {
      await providers.addProvider(provider('one', { name: '' }))
      const append = (old: ProviderRecord) => ({ ...old, name: `${old.name}x` })

      await Promise.all(Array.from({ length: 8 }, () => providers.changeProvider('shop', 'one', append)))

      expect((await providers.loadProvider('shop', 'one'))?.name).toEqual('xxxxxxxx')
      expect(await providers.changeProvider('bank', 'one', append)).toEqual(null)
      expect(await providers.deleteProvider('bank', 'one')).toEqual(false)
      expect(await providers.deleteProvider('shop', 'one')).toEqual(true)
      expect(await providers.loadProvider('shop', 'one')).toEqual(null)
    })
  })
}
