import { walk } from './opened-store.js'
import { sampleAttachment, sampleRun, sampleThread } from './samples.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'

const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
const ben = { ...ada, userId: 'ben' }

/**
 * Declares the tests of how a store finds somebody's newest threads, and files of an app.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeActiveThreads({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  describe(`${name}: threads by activity`, () => {
    test('come with the run that was the last on them', async (store) => {
      for (const id of ['thr_1', 'thr_2', 'thr_3']) await store.saveThread(sampleThread(id), ada)
      for (const id of ['run_1', 'run_2']) await store.startRun(sampleRun(id, 'thr_1'), {}, ada)
      await store.startRun(sampleRun('run_0', 'thr_2'), {}, ada)
      await store.startRun(sampleRun('run_3', 'thr_1'), {}, ada)
      const list = (by: 'activity' | 'creation', order: 'asc' | 'desc', owner = ada) =>
        walk(order, 2, async (page) => {
          const found = await store.workspaces.listActiveThreads({ ...page, by }, owner)
          return { ...found, data: found.data.map(({ thread }) => thread) }
        })

      expect(await list('activity', 'desc')).toEqual(['thr_1', 'thr_2', 'thr_3'])
      expect(await list('activity', 'asc')).toEqual(['thr_3', 'thr_2', 'thr_1'])
      expect(await list('creation', 'desc')).toEqual(['thr_3', 'thr_2', 'thr_1'])
      expect(await list('activity', 'desc', ben)).toEqual([])
      const { data } = await store.workspaces.listActiveThreads({ by: 'activity', limit: 3, order: 'desc' }, ada)
      expect(data.map(({ run }) => run?.id)).toEqual(['run_3', 'run_0', undefined])
      const unknown = { by: 'activity', limit: 3, order: 'desc', after: 'thr_9' } as const
      expect(await failureOf(store.workspaces.listActiveThreads(unknown, ada))).toEqual('invalid_cursor')
    })
  })

  describe(`${name}: a file of an app`, () => {
    test('is found whoever of its users sent it, and by no other app', async (store) => {
      await store.saveAttachment(sampleAttachment('atc_1'), ada)
      const find = (workspaceId: string, appId: string) => store.workspaces.findAttachment('atc_1', workspaceId, appId)

      expect(await find('shop', 'support')).toEqual(sampleAttachment('atc_1'))
      expect(await find('shop', 'sales')).toEqual(null)
      expect(await find('bank', 'support')).toEqual(null)
    })
  })
}
