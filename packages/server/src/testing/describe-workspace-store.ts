import { type ApiKeyRecord, NOBODY, type ServerStore, type SessionRecord } from '../storage/workspace-store.js'
import { idsOf, walk } from './opened-store.js'
import { sampleRun, sampleThread } from './samples.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'
import { sampleApiKey, sampleSession } from './workspace-samples.js'

const NOW = '2026-11-20T12:00:00.000Z'

/**
 * Declares the tests every `WorkspaceStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeWorkspaceStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  describe(`${name}: threads of a workspace`, () => {
    /** Users of any length; the order of writing is the order of the list. */
    const owners = [
      { workspaceId: 'shop', userId: 'ada', appId: 'support' },
      { workspaceId: 'shop', userId: 'x'.repeat(300), appId: 'sales' },
      { workspaceId: 'shop', userId: 'odd \0 id', appId: 'support' },
      { workspaceId: 'bank', userId: 'ada', appId: 'support' },
    ]
    async function filled(store: ServerStore) {
      for (const [index, owner] of owners.entries()) await store.saveThread(sampleThread(`thr_${index}`), owner)
      return store.workspaces
    }

    test('finds a thread of any of its users, and whose it is', async (store) => {
      const workspaces = await filled(store)

      for (const index of [0, 1, 2])
        expect(await workspaces.findThread(`thr_${index}`, { workspaceId: 'shop' })).toEqual({
          thread: sampleThread(`thr_${index}`),
          owner: owners[index],
        })
    })

    test('knows nothing of what is outside', async (store) => {
      const workspaces = await filled(store)
      const outside = [
        { workspaceId: 'bank' },
        { workspaceId: 'shop', appId: 'sales' },
        { workspaceId: 'shop', userId: 'ben' },
      ]

      for (const within of outside)
        expect(await failureOf(workspaces.findThread('thr_0', within))).toEqual('thread_not_found')
      for (const within of outside) {
        const foreignCursor = workspaces.listThreads({ limit: 1, order: 'asc', after: 'thr_0' }, within)
        expect(await failureOf(foreignCursor)).toEqual('invalid_cursor')
      }
    })

    test('tells threads of the same id apart by their users', async ({ workspaces, ...store }) => {
      const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
      const ben = { ...ada, userId: 'ben', appId: 'sales' }
      for (const owner of [ada, ben]) await store.saveThread(sampleThread('same', { title: owner.userId }), owner)

      for (const owner of [ada, ben]) {
        const found = await workspaces.findThread('same', { workspaceId: 'shop', userId: owner.userId })
        expect(found).toEqual({ thread: sampleThread('same', { title: owner.userId }), owner })
      }
    })

    test('lists threads whose time may be over, and none that is being answered', async ({ workspaces, ...store }) => {
      const minutes = (ttl_minutes: number) => ({ notes: { updated_at: NOW, ttl_minutes } })
      const long = { workspaceId: 'shop', userId: 'x'.repeat(300), appId: 'sales' }
      const threads = {
        later: { ...sampleThread('later'), ...minutes(9) },
        sooner: { ...sampleThread('sooner'), ...minutes(4) },
        busy: { ...sampleThread('busy'), ...minutes(1) },
        queued: { ...sampleThread('queued'), ...minutes(1) },
        kept: sampleThread('kept'),
      }
      for (const thread of Object.values(threads)) await store.saveThread(thread, long)
      await store.startRun(sampleRun('run_1', 'busy'), {}, long)
      await store.startRun(sampleRun('run_2', 'queued', { status: 'queued' }), {}, long)
      const due = (minute: number, limit = 9) => workspaces.listExpiring(`2026-11-20T12:${minute}:00.000Z`, limit)
      const idsDue = async (minute: number) => (await due(minute)).map(({ thread }) => thread.id)

      expect(await workspaces.listExpiring('2026-11-20T12:03:59.999Z', 9)).toEqual([])
      const all = await due(10)
      expect(all).toEqual([threads.sooner, threads.later].map((thread) => ({ thread, owner: long })))
      expect(await due(10, 1)).toEqual(all.slice(0, 1))
      await workspaces.deferExpiry('sooner', { ...long, userId: 'ada' }, '2026-11-20T12:20:00.000Z')
      expect(await idsDue(10)).toEqual(['sooner', 'later'])
      await workspaces.deferExpiry('sooner', long, '2026-11-20T12:20:00.000Z')
      expect(await idsDue(19)).toEqual(['later'])
      expect(await idsDue(20)).toEqual(['later', 'sooner'])
      await store.saveThread(sampleThread('later'), long)
      expect(await idsDue(59)).toEqual(['sooner'])
    })

    test('gives a thread to another app, unless one has run on it', async ({ workspaces, ...store }) => {
      const none = { workspaceId: 'shop', userId: 'ada', appId: '' }
      const ada = { ...none, appId: 'support' }
      await store.saveThread(sampleThread('thr_1'), none)

      expect(await workspaces.moveThread('thr_1', { ...none, userId: 'ben' }, 'support')).toEqual(false)
      expect(await workspaces.moveThread('thr_1', none, 'support')).toEqual(true)
      expect(await workspaces.moveThread('thr_1', none, 'support')).toEqual(false)
      expect(await store.loadThread('thr_1', ada)).toEqual(sampleThread('thr_1'))
      await store.startRun(sampleRun('run_1', 'thr_1'), {}, ada)
      expect(await workspaces.moveThread('thr_1', ada, 'sales')).toEqual(false)
      expect(await store.loadThread('thr_1', ada)).toEqual(sampleThread('thr_1'))
    })

    test('pages through all users, one user, one app', async (store) => {
      const workspaces = await filled(store)
      const list = (within: { userId?: string; appId?: string }, order: 'asc' | 'desc') =>
        walk(order, 1, async (page) => {
          const { data, ...rest } = await workspaces.listThreads(page, { workspaceId: 'shop', ...within })
          return { ...rest, data: data.map(({ thread }) => thread) }
        })

      expect(await list({}, 'asc')).toEqual(['thr_0', 'thr_1', 'thr_2'])
      expect(await list({}, 'desc')).toEqual(['thr_2', 'thr_1', 'thr_0'])
      expect(await list({ userId: 'x'.repeat(300) }, 'asc')).toEqual(['thr_1'])
      expect(await list({ appId: 'support' }, 'desc')).toEqual(['thr_2', 'thr_0'])
      expect(await list({ userId: 'ada', appId: 'sales' }, 'asc')).toEqual([])
    })
  })

  describe(`${name}: workspaces and their users`, () => {
    test('keep what was decided last', async ({ workspaces }) => {
      expect(await workspaces.loadWorkspace('shop')).toEqual(null)
      await workspaces.changeWorkspace('shop', (old) => ({ ...old, name: 'Shop' }))
      const plan = { requests_per_minute: 5, requests_per_day: null }
      await workspaces.changeWorkspace('shop', (old) => ({ ...old, name: 'The shop', rate_plan: plan }))

      expect(await workspaces.loadWorkspace('shop')).toEqual({ id: 'shop', name: 'The shop', rate_plan: plan })
      expect(await workspaces.loadWorkspace('bank')).toEqual(null)
    })

    test('lose nothing of changes at once', async ({ workspaces }) => {
      const days = Array.from({ length: 8 }, (_, day) => day + 1)
      for (const id of ['new', 'old']) {
        if (id === 'old') await workspaces.changeWorkspace(id, (old) => ({ ...old, retention_days: 0 }))

        await Promise.all(
          days.map((day) =>
            workspaces.changeWorkspace(id, (old) => ({ ...old, retention_days: (old.retention_days ?? 0) + day })),
          ),
        )

        expect(await workspaces.loadWorkspace(id)).toEqual({ id, retention_days: 36 })
      }
    })

    test('have whoever has threads, files or sessions, with counts and times', async (store) => {
      const { workspaces } = store
      const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
      await store.saveThread({ ...sampleThread('thr_1'), created_at: '2026-03-01T00:00:00.000Z' }, ada)
      await store.saveThread(
        { ...sampleThread('thr_2'), created_at: '2026-04-01T00:00:00.000Z' },
        { ...ada, appId: 'x' },
      )
      await store.addThreadItem('thr_1', { type: 'end_of_turn', id: 'itm_1', thread_id: 'thr_1', created_at: NOW }, ada)
      await store.saveAttachment({ type: 'file', id: 'atc_1', name: 'a', mime_type: 'text/plain' }, ada)
      await store.saveThread(sampleThread('thr_3'), { ...ada, workspaceId: 'bank' })
      await workspaces.addSession(sampleSession('s_1'), '1')
      await workspaces.addSession(sampleSession('s_2', { user_id: 'ben' }), '2')
      const times = { first_seen_at: '2026-03-01T00:00:00.000Z', last_active_at: '2026-11-20T11:00:00.000Z' }

      const counts = { threads: 2, items: 1, runs: 0, files: 1, sessions: 1 }
      expect(await workspaces.loadUser('shop', 'ada')).toEqual({ id: 'ada', ...counts, ...times })
      expect(await workspaces.loadUser('shop', 'cleo')).toEqual(null)
      expect((await workspaces.loadUser('bank', 'ada'))?.threads).toEqual(1)
      const { data } = await workspaces.listUsers('shop', { limit: 10, order: 'asc' })
      expect(data[0]).toEqual({ id: 'ada', threads: 2, ...times })
      expect(data.map(({ id }) => id)).toEqual(['ada', 'ben'])
    })

    test('are paged through and searched by any part of the id, however long or odd it is', async (store) => {
      const { workspaces } = store
      const long = `Long-${'x'.repeat(300)}-End`
      for (const userId of ['ada', 'bernd', 'cleo_%', 'dora', long])
        await store.saveThread(sampleThread('thr_1'), { workspaceId: 'shop', userId, appId: 'support' })
      const list = (order: 'asc' | 'desc', search?: string) =>
        walk(order, 2, (page) => workspaces.listUsers('shop', page, search))

      const all = await list('asc')
      expect([...all].sort()).toEqual(['ada', 'bernd', 'cleo_%', 'dora', long].sort())
      expect(await list('desc')).toEqual([...all].reverse())
      expect(await list('asc', 'er')).toEqual(['bernd'])
      expect(await list('asc', '_%')).toEqual(['cleo_%'])
      expect(await list('asc', '-end')).toEqual([long])
      expect(await list('desc', 'nobody')).toEqual([])
      expect((await list('desc', 'a')).sort()).toEqual(['ada', 'dora'])
    })
  })

  describe(`${name}: files of nobody’s`, () => {
    const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
    const ben = { ...ada, userId: 'ben' }
    const nobody = (appId: string = NOBODY) => ({ workspaceId: 'shop', userId: NOBODY, appId })
    const file = (id: string) => ({ type: 'file' as const, id, name: 'a.pdf', mime_type: 'application/pdf' })

    test('become those of whoever claims them first, and of no stranger', async (store) => {
      const { workspaces } = store
      await store.saveAttachment(file('cfile_1'), nobody())
      await store.saveAttachment(file('cfile_2'), nobody('sales'))

      await workspaces.claimAttachment('cfile_1', { ...ada, workspaceId: 'bank' })
      await Promise.all([workspaces.claimAttachment('cfile_1', ada), workspaces.claimAttachment('cfile_1', ben)])
      await workspaces.claimAttachment('cfile_2', ada)

      const found = await Promise.allSettled([ada, ben].map((owner) => store.loadAttachment('cfile_1', owner)))
      expect(found.filter(({ status }) => status === 'fulfilled').length).toEqual(1)
      expect(await failureOf(store.loadAttachment('cfile_2', ada))).toEqual('attachment_not_found')
      expect((await store.loadAttachment('cfile_2', nobody('sales'))).id).toEqual('cfile_2')
    })

    test('make nobody a user', async (store) => {
      await store.saveAttachment(file('cfile_1'), nobody())
      await store.saveThread(sampleThread('thr_1'), ada)

      for (const order of ['asc', 'desc'] as const)
        expect(await walk(order, 1, (page) => store.workspaces.listUsers('shop', page))).toEqual(['ada'])
    })
  })

  describe(`${name}: API keys`, () => {
    test('are found by their hash, and listed by their workspace', async ({ workspaces }) => {
      await workspaces.addApiKey(sampleApiKey('key_1'), 'hash 1')
      await workspaces.addApiKey(sampleApiKey('key_2', { app_id: 'support' }), 'hash 2')
      await workspaces.addApiKey(sampleApiKey('key_3', { workspace_id: 'bank' }), 'hash 3')

      const second = sampleApiKey('key_2', { app_id: 'support' })
      expect(await workspaces.findApiKey('hash 2')).toEqual({ key: second, isPrevious: false })
      expect(await workspaces.findApiKey('hash 4')).toEqual(null)
      expect(await workspaces.loadApiKey('shop', 'key_2')).toEqual(second)
      expect(await workspaces.loadApiKey('shop', 'key_3')).toEqual(null)
      const listed = (order: 'asc' | 'desc') => walk(order, 1, (page) => workspaces.listApiKeys('shop', page))
      expect(await listed('asc')).toEqual(['key_1', 'key_2'])
      expect(await listed('desc')).toEqual(['key_2', 'key_1'])
      const foreign = workspaces.listApiKeys('shop', { limit: 1, order: 'asc', after: 'key_3' })
      expect(await failureOf(foreign)).toEqual('invalid_cursor')
    })

    test('remember when they were used', async ({ workspaces }) => {
      await workspaces.addApiKey(sampleApiKey('key_1'), 'hash 1')

      await workspaces.touchApiKey('bank', 'key_1', 'nobody asked')
      await workspaces.touchApiKey('shop', 'key_1', NOW)

      const used = { key: sampleApiKey('key_1', { last_used_at: NOW }), isPrevious: false }
      expect(await workspaces.findApiKey('hash 1')).toEqual(used)
    })

    test('are changed and deleted by their own workspace only', async ({ workspaces }) => {
      await workspaces.addApiKey(sampleApiKey('key_1'), 'hash 1')
      const renewed = (key: ApiKeyRecord) => ({ ...key, ending: 'new!' })

      expect(await workspaces.changeApiKey('bank', 'key_1', renewed, 'theirs')).toEqual(null)
      expect(await workspaces.deleteApiKey('bank', 'key_1')).toEqual(false)
      const changed = sampleApiKey('key_1', { ending: 'new!' })
      expect(await workspaces.changeApiKey('shop', 'key_1', renewed, 'hash 2')).toEqual(changed)
      expect(await workspaces.findApiKey('hash 1')).toEqual(null)
      expect(await workspaces.findApiKey('hash 2')).toEqual({ key: changed, isPrevious: false })
      expect(await workspaces.deleteApiKey('shop', 'key_1')).toEqual(true)
      expect(await workspaces.findApiKey('hash 2')).toEqual(null)
    })

    test('are found by the hash before, until they are replaced again', async ({ workspaces }) => {
      await workspaces.addApiKey(sampleApiKey('key_1'), 'hash 1')
      const overlapping = sampleApiKey('key_1', { previous: { ending: 'abcd', expires_at: NOW } })

      await workspaces.changeApiKey('shop', 'key_1', () => overlapping, 'hash 2')
      expect(await workspaces.findApiKey('hash 1')).toEqual({ key: overlapping, isPrevious: true })
      expect(await workspaces.findApiKey('hash 2')).toEqual({ key: overlapping, isPrevious: false })

      await workspaces.changeApiKey('shop', 'key_1', () => sampleApiKey('key_1'), 'hash 3')
      expect(await workspaces.findApiKey('hash 1')).toEqual(null)
      expect(await workspaces.findApiKey('hash 2')).toEqual(null)
    })

    test('keep their secrets, old and new, when something else changes, and lose no change to another', async ({
      workspaces,
    }) => {
      await workspaces.addApiKey(sampleApiKey('key_1'), 'hash 1')
      const previous = { ending: 'abcd', expires_at: NOW }
      await workspaces.changeApiKey('shop', 'key_1', (key) => ({ ...key, previous }), 'hash 2')

      await Promise.all([
        workspaces.changeApiKey('shop', 'key_1', (key) => ({ ...key, name: 'Shop' })),
        workspaces.changeApiKey('shop', 'key_1', (key) => ({ ...key, stream_language: 'xpert' })),
      ])

      const key = sampleApiKey('key_1', { previous, name: 'Shop', stream_language: 'xpert' })
      expect(await workspaces.findApiKey('hash 1')).toEqual({ key, isPrevious: true })
      expect(await workspaces.findApiKey('hash 2')).toEqual({ key, isPrevious: false })
    })
  })

  describe(`${name}: sessions`, () => {
    test('are found by the hash of their secret and loaded by their own workspace', async ({ workspaces }) => {
      const session = sampleSession('cksess_1', { user_id: 'y'.repeat(500) })
      await workspaces.addSession(session, 'hash 1')

      expect(await workspaces.findSession('hash 1')).toEqual(session)
      expect(await workspaces.findSession('hash 2')).toEqual(null)
      expect(await workspaces.loadSession('shop', 'cksess_1')).toEqual(session)
      expect(await workspaces.loadSession('bank', 'cksess_1')).toEqual(null)
    })

    test('are cancelled once, by their own workspace', async ({ workspaces }) => {
      await workspaces.addSession(sampleSession('cksess_1'), 'hash 1')
      const cancelled: SessionRecord = sampleSession('cksess_1', { cancelled_at: NOW })

      expect(await workspaces.cancelSession('bank', 'cksess_1', NOW)).toEqual(null)
      expect(await workspaces.cancelSession('shop', 'cksess_1', NOW)).toEqual(cancelled)
      expect(await workspaces.cancelSession('shop', 'cksess_1', '2030-01-01')).toEqual(cancelled)
      expect(await workspaces.findSession('hash 1')).toEqual(cancelled)
    })

    test('are listed by user, app and status, page by page', async ({ workspaces }) => {
      await workspaces.addSession(sampleSession('s_active'), '1')
      await workspaces.addSession(sampleSession('s_expired', { expires_at: NOW }), '2')
      await workspaces.addSession(sampleSession('s_cancelled', { user_id: 'ben' }), '3')
      await workspaces.addSession(sampleSession('s_any_app', { app_id: undefined }), '4')
      await workspaces.addSession(sampleSession('s_bank', { workspace_id: 'bank' }), '5')
      await workspaces.cancelSession('shop', 's_cancelled', NOW)
      const list = (filter: { userId?: string; appId?: string; status?: 'active' | 'expired' | 'cancelled' }) =>
        walk('asc', 1, (page) => workspaces.listSessions('shop', page, { ...filter, now: NOW }))

      expect(await list({})).toEqual(['s_active', 's_expired', 's_cancelled', 's_any_app'])
      expect(await list({ userId: 'ben' })).toEqual(['s_cancelled'])
      expect(await list({ appId: 'support' })).toEqual(['s_active', 's_expired', 's_cancelled'])
      expect(await list({ status: 'active' })).toEqual(['s_active', 's_any_app'])
      expect(await list({ status: 'expired' })).toEqual(['s_expired'])
      expect(await list({ status: 'cancelled', userId: 'ada' })).toEqual([])
      const newest = await workspaces.listSessions('shop', { limit: 2, order: 'desc' }, { now: NOW })
      expect(idsOf(newest)).toEqual(['s_any_app', 's_cancelled'])
    })

    test('count files exactly, however many come at once', async ({ workspaces }) => {
      await workspaces.addSession(sampleSession('cksess_1'), 'hash 1')

      const answers = await Promise.all(Array.from({ length: 9 }, () => workspaces.countSessionFile('cksess_1', 4)))

      expect(answers.filter(Boolean).length).toEqual(4)
      expect(await workspaces.countSessionFile('cksess_missing', 4)).toEqual(false)
    })

    test('are forgotten some time after their end', async ({ workspaces }) => {
      await workspaces.addSession(sampleSession('s_old', { expires_at: '2026-01-01T00:00:00.000Z' }), '1')
      await workspaces.addSession(sampleSession('s_new'), '2')

      expect(await workspaces.deleteSessionsExpiredBefore('2026-02-01T00:00:00.000Z')).toEqual(1)
      expect(await workspaces.loadSession('shop', 's_old')).toEqual(null)
      expect((await workspaces.loadSession('shop', 's_new'))?.id).toEqual('s_new')
    })
  })
}
