import { walk } from './opened-store.js'
import { sampleAttachment, sampleRun, sampleThread } from './samples.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'
import { sampleCron, sampleSession } from './workspace-samples.js'

const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }

/**
 * Declares the tests of what a `WorkspaceStore` says and forgets of one user.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeUserStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  describe(`${name}: what is kept of one user`, () => {
    test('lists the runs of a thread to its owner, page by page', async (store) => {
      for (const owner of [ada, { ...ada, userId: 'ben' }]) await store.saveThread(sampleThread('thr_1'), owner)
      for (const id of ['run_1', 'run_2', 'run_3']) await store.startRun(sampleRun(id, 'thr_1'), {}, ada)
      const list = (order: 'asc' | 'desc', owner = ada) =>
        walk(order, 2, (page) => store.loadRuns('thr_1', page, owner))

      expect(await list('asc')).toEqual(['run_1', 'run_2', 'run_3'])
      expect(await list('desc')).toEqual(['run_3', 'run_2', 'run_1'])
      expect(await list('asc', { ...ada, userId: 'ben' })).toEqual([])
      const { data } = await store.loadRuns('thr_1', { limit: 1, order: 'asc' }, ada)
      expect(data).toEqual([sampleRun('run_1', 'thr_1')])
      const foreign = store.loadRuns('thr_1', { limit: 1, order: 'asc', after: 'run_9' }, ada)
      expect(await failureOf(foreign)).toEqual('invalid_cursor')
    })

    test('lists files of all apps, sent or not, also while they are being taken away', async (store) => {
      const sales = { ...ada, appId: 'sales' }
      await store.saveAttachment(sampleAttachment('atc_2'), ada)
      await store.saveAttachment(sampleAttachment('atc_1'), ada)
      await store.saveAttachment({ ...sampleAttachment('atc_1'), thread_id: 'thr_1' }, sales)
      await store.saveAttachment(sampleAttachment('atc_3'), { ...ada, userId: 'ben' })
      const sweep = { now: '2026-01-01', before: '2027-01-01' }
      const fail = () => Promise.reject(new TypeError('the disk is gone'))
      await store.sweepAttachments?.({ ...sweep, remove: fail }).catch(() => undefined)
      const { listAttachments } = store.workspaces

      const first = await listAttachments('shop', 'ada', { limit: 2 })
      const last = first.at(-1)
      const after = { appId: last?.owner.appId ?? '', id: last?.attachment.id ?? '' }
      const rest = await listAttachments('shop', 'ada', { limit: 2, after })

      expect([...first, ...rest].map(({ attachment, owner }) => `${owner.appId} ${attachment.id}`)).toEqual([
        'sales atc_1',
        'support atc_1',
        'support atc_2',
      ])
      expect(first[1]?.owner).toEqual(ada)
    })

    test('goes through the workspaces that have threads, and lets one of several take a turn', async (store) => {
      const { workspaces } = store
      for (const workspaceId of ['shop', 'bank', 'bank'])
        await store.saveThread(sampleThread('t'), { ...ada, workspaceId })
      const [noon, one, two] = ['2026-01-01T12:00:00.000Z', '2026-01-01T13:00:00.000Z', '2026-01-01T14:00:00.000Z']

      expect(await workspaces.nextWorkspace('')).toEqual('bank')
      expect(await workspaces.nextWorkspace('bank')).toEqual('shop')
      expect(await workspaces.nextWorkspace('shop')).toEqual(null)
      const turns = await Promise.all([1, 2, 3].map(() => workspaces.takeLease('tidy', noon, one)))
      expect(turns.filter(Boolean).length).toEqual(1)
      expect(await workspaces.takeLease('other', noon, one)).toEqual(true)
      expect(await workspaces.takeLease('tidy', one, two)).toEqual(true)
    })

    test('is known of those who have no thread, until it is forgotten', async ({
      workspaces,
      values,
      crons,
      facts,
    }) => {
      const longId = (name: string) => ({ ...ada, userId: `${name}-${'x'.repeat(300)}` })
      const [ben, cleo, dora] = [longId('ben'), longId('cleo'), longId('dora')]
      const time = '2026-11-20T12:00:00.000Z'
      await values.put({ namespace: ['notes'], key: 'color', value: {}, created_at: time, updated_at: time }, ben)
      await crons.add(sampleCron('cron_1', cleo))
      await facts.changeFacts(dora, () => [{ id: 'fact_1', text: 'Dora is tall.', created_at: time }])
      const listed = async () => {
        const { data } = await workspaces.listUsers('shop', { limit: 9, order: 'asc' })
        return data.map(({ id }) => id).sort()
      }

      expect(await listed()).toEqual([ben.userId, cleo.userId, dora.userId])
      for (const { userId } of [ben, cleo, dora]) {
        expect((await workspaces.loadUser('shop', userId))?.id).toEqual(userId)
        await workspaces.forgetUser('shop', userId)
        expect(await workspaces.loadUser('shop', userId)).toEqual(null)
      }
      expect(await listed()).toEqual([])
    })

    test('forgets sessions and names of one workspace, and of nobody else', async (store) => {
      const long = 'x'.repeat(300)
      const { workspaces } = store
      await workspaces.addSession(sampleSession('s_1', { user_id: long }), '1')
      await workspaces.addSession(sampleSession('s_2', { user_id: long }), '2')
      await workspaces.addSession(sampleSession('s_3', { user_id: 'ben' }), '3')
      await workspaces.addSession(sampleSession('s_4', { user_id: long, workspace_id: 'bank' }), '4')
      const usersOf = async (workspaceId: string) =>
        (await workspaces.listUsers(workspaceId, { limit: 9, order: 'asc' })).data.map(({ id }) => id)
      expect((await usersOf('shop')).sort()).toEqual(['ben', long])

      expect(await workspaces.forgetUser('shop', long)).toEqual(2)

      expect(await workspaces.loadUser('shop', long)).toEqual(null)
      expect(await usersOf('shop')).toEqual(['ben'])
      expect(await usersOf('bank')).toEqual([long])
      expect(await workspaces.forgetUser('shop', long)).toEqual(0)
    })
  })
}
