import type { AppRecord, StoredApp } from '../storage/app-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { walk } from './opened-store.js'
import { failureOf, type TestRunner } from './test-runner.js'

const NOW = '2026-11-20T12:00:00.000Z'

/** An app of the workspace "shop". */
function sampleApp(id: string, fields: Partial<AppRecord> = {}, instructions = 'Help.'): StoredApp {
  const app: AppRecord = {
    id,
    workspace_id: 'shop',
    name: 'Support',
    aliases: [],
    on_disconnect: 'cancel',
    version: 1,
    created_at: NOW,
    updated_at: NOW,
    ...fields,
  }
  return { app, agent: { instructions, tools: [] } }
}

/**
 * Declares the tests every `AppStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeAppStore(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<{ store: ServerStore; close(): Promise<void> }>,
): void {
  const test = (title: string, body: (apps: ServerStore['apps']) => Promise<void>) =>
    it(title, async () => {
      const { store, close } = await open()
      try {
        await body(store.apps)
      } finally {
        await close()
      }
    })

  describe(`${name}: apps`, () => {
    test('are found by their id and their aliases, in their own workspace', async (apps) => {
      const support = sampleApp('support', { aliases: ['wf_1', 'help'], description: 'Helps “everybody”' })
      await apps.addApp(support)
      await apps.addApp(sampleApp('support', { workspace_id: 'bank' }, 'Refuse.'))

      for (const name of ['support', 'wf_1', 'help']) expect(await apps.findApp('shop', name)).toEqual(support)
      expect((await apps.findApp('bank', 'support'))?.agent.instructions).toEqual('Refuse.')
      expect(await apps.findApp('bank', 'wf_1')).toEqual(null)
      expect(await apps.findApp('shop', 'x'.repeat(500))).toEqual(null)
    })

    test('share no name: the second app of it is not stored', async (apps) => {
      await apps.addApp(sampleApp('support', { aliases: ['wf_1'] }))

      for (const taken of [
        sampleApp('support'),
        sampleApp('wf_1'),
        sampleApp('sales', { aliases: ['support'] }),
        sampleApp('sales', { aliases: ['new', 'wf_1'] }),
      ])
        expect(await failureOf(apps.addApp(taken))).toEqual('conflict')
      expect(await apps.findApp('shop', 'sales')).toEqual(null)
      expect(await apps.findApp('shop', 'new')).toEqual(null)
      await apps.addApp(sampleApp('sales'))
      const renamed = apps.changeApp('shop', 'sales', ({ app, agent }) => ({
        app: { ...app, aliases: ['wf_1'] },
        agent,
      }))
      expect(await failureOf(renamed)).toEqual('conflict')
    })

    test('keep their versions; the newest of the change answers', async (apps) => {
      await apps.addApp(sampleApp('support', { aliases: ['wf_1'] }))
      const second = sampleApp('support', { version: 2, aliases: ['help'] }, 'Help better.')

      expect(await apps.changeApp('shop', 'support', () => second)).toEqual(second)

      expect(await apps.findApp('shop', 'help')).toEqual(second)
      expect(await apps.findApp('shop', 'wf_1')).toEqual(null)
      expect((await apps.findApp('shop', 'support', 1))?.agent.instructions).toEqual('Help.')
      expect((await apps.findApp('shop', 'support', 2))?.agent.instructions).toEqual('Help better.')
      expect(await apps.findApp('shop', 'support', 3)).toEqual(null)
    })

    test('are changed one after the other, however many changes come at once', async (apps) => {
      await apps.addApp(sampleApp('support'))
      const add = (tool: string) =>
        apps.changeApp('shop', 'support', ({ app, agent }) => ({
          app: { ...app, version: app.version + 1 },
          agent: { ...agent, instructions: `${agent.instructions} ${tool}` },
        }))

      await Promise.all(['one', 'two', 'three', 'four'].map(add))

      const changed = await apps.findApp('shop', 'support')
      expect(changed?.app.version).toEqual(5)
      expect(changed?.agent.instructions.split(' ').length).toEqual(5)
    })

    test('are changed and deleted by their own workspace only', async (apps) => {
      await apps.addApp(sampleApp('support', { aliases: ['wf_1'] }))

      expect(await apps.changeApp('bank', 'support', (old) => old)).toEqual(null)
      expect(await apps.deleteApp('bank', 'support')).toEqual(false)
      expect(await apps.deleteApp('shop', 'support')).toEqual(true)
      expect(await apps.findApp('shop', 'wf_1')).toEqual(null)
      expect(await apps.deleteApp('shop', 'support')).toEqual(false)
      await apps.addApp(sampleApp('sales', { aliases: ['support', 'wf_1'] }))
    })

    test('are listed page by page', async (apps) => {
      for (const id of ['b', 'a', 'c']) await apps.addApp(sampleApp(id))
      await apps.addApp(sampleApp('d', { workspace_id: 'bank' }))
      const list = (order: 'asc' | 'desc') =>
        walk(order, 2, async (page) => {
          const { data, ...rest } = await apps.listApps('shop', page)
          return { ...rest, data: data.map(({ app }) => app) }
        })

      expect(await list('asc')).toEqual(['b', 'a', 'c'])
      expect(await list('desc')).toEqual(['c', 'a', 'b'])
      const foreign = apps.listApps('shop', { limit: 1, order: 'asc', after: 'd' })
      expect(await failureOf(foreign)).toEqual('invalid_cursor')
    })
  })
}
