import type { Collection, CollectionRow } from '../storage/collection.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { walk } from './opened-store.js'
import { failureOf, type TestRunner } from './test-runner.js'

interface NamedRow extends CollectionRow {
  name: string
}

const row = (id: string, fields: Partial<NamedRow> = {}): NamedRow => ({
  id,
  workspace_id: 'shop',
  name: 'Ours',
  ...fields,
})

/**
 * Declares the tests every `Collection` of a store has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeCollections(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<{ store: ServerStore; close(): Promise<void> }>,
): void {
  for (const kind of [
    'providers',
    'secrets',
    'mcpServers',
    'knowledgeTags',
    'knowledgeFiles',
    'annotations',
  ] as const) {
    const test = (title: string, body: (rows: Collection<NamedRow>) => Promise<void>) =>
      it(title, async () => {
        const { store, close } = await open()
        try {
          await body(store[kind] as unknown as Collection<NamedRow>) // a collection looks at the ids alone
        } finally {
          await close()
        }
      })

    describe(`${name}: ${kind} of workspaces`, () => {
      test('are added once, found and listed by their own workspace', async (rows) => {
        for (const id of ['one', 'two', 'three']) await rows.add(row(id))
        await rows.add(row('one', { workspace_id: 'bank' }))

        expect(await failureOf(rows.add(row('two')))).toEqual('conflict')
        expect(await rows.load('shop', 'two')).toEqual(row('two'))
        expect(await rows.load('bank', 'two')).toEqual(null)
        const list = (order: 'asc' | 'desc') => walk(order, 2, (page) => rows.list('shop', page))
        expect(await list('asc')).toEqual(['one', 'two', 'three'])
        expect(await list('desc')).toEqual(['three', 'two', 'one'])
        expect((await rows.every()).length).toEqual(4)
      })

      test('are changed and deleted by their own workspace only; no change is lost', async (rows) => {
        await rows.add(row('one', { name: '' }))
        const append = (old: NamedRow) => ({ ...old, name: `${old.name}x` })

        await Promise.all(Array.from({ length: 8 }, () => rows.change('shop', 'one', append)))

        expect((await rows.load('shop', 'one'))?.name).toEqual('xxxxxxxx')
        expect(await rows.change('bank', 'one', append)).toEqual(null)
        expect(await rows.delete('bank', 'one')).toEqual(false)
        expect(await rows.delete('shop', 'one')).toEqual(true)
        expect(await rows.load('shop', 'one')).toEqual(null)
      })
    })
  }
}
