import type { RunRecord, Scope } from '../storage/store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { type OpenStore, storeTest } from './store-test.js'
import type { TestRunner } from './test-runner.js'

const ada: Scope = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
const long: Scope = { ...ada, userId: 'l'.repeat(300) }

const at = (minute: number) => `2026-11-20T12:0${minute}:00.000Z`

/** Declares the tests every `RunEndStore` has to pass. */
export function describeRunEndStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  /** A run that has ended. */
  async function end(
    store: ServerStore,
    id: string,
    { owner = ada, minute = 1, told = true } = {},
  ): Promise<RunRecord> {
    const thread = { id: `of_${id}`, created_at: at(0), status: { type: 'active' as const }, metadata: {} }
    const run: RunRecord = {
      id,
      thread_id: thread.id,
      status: 'running',
      attempt: 1,
      trigger: { type: 'user_message' },
      last_sequence: 0,
      created_at: at(0),
      ...(told && { webhook: { url: 'https://example.com', public_url: 'https://chat.example.com' } }),
    }
    await store.startRun(run, { thread }, owner)
    const ended: RunRecord = { ...run, status: 'completed', ended_at: at(minute) }
    await store.endRun(ended, {}, owner)
    return ended
  }

  describe(`${name}: ends of runs that are to be told`, () => {
    test('are written with the end, and stay until they are told, the thread’s removal included', async (store) => {
      const ended = await end(store, 'one')
      await end(store, 'nobody’s', { told: false })
      await store.deleteThread('of_one', ada)

      const due = await store.runEnds.listDue(at(1), 10)

      expect(due.map(({ run, owner, tries }) => ({ run, owner, tries }))).toEqual([
        { run: ended, owner: ada, tries: 0 },
      ])
      for (const one of due) await store.runEnds.delete(one)
      expect(await store.runEnds.listDue(at(9), 10)).toEqual([])
    })

    test('are due in the order of their times, and one of two servers gets each', async (store) => {
      await end(store, 'later', { minute: 3 })
      await end(store, 'second', { owner: long, minute: 2 })
      await end(store, 'first', { minute: 1 })

      const due = await store.runEnds.listDue(at(2), 10)
      const [first] = due
      if (!first) throw new Error('Nothing is due.')
      const changed = { ...first, tries: 1, next_try_at: at(5) }
      const claims = await Promise.all([store.runEnds.claim(first, changed), store.runEnds.claim(first, changed)])

      expect(due.map(({ run }) => run.id)).toEqual(['first', 'second'])
      expect(claims.filter(Boolean).length).toEqual(1)
      expect((await store.runEnds.listDue(at(2), 10)).map(({ run }) => run.id)).toEqual(['second'])
    })

    test('go with their user', async (store) => {
      await end(store, 'one')
      await end(store, 'two', { owner: long })

      await store.workspaces.forgetUser('shop', long.userId)

      expect((await store.runEnds.listDue(at(9), 10)).map(({ run }) => run.id)).toEqual(['one'])
    })
  })
}
