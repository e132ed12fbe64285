import type { ThreadItem } from '@parley/protocol'
import type { DurableStore, RunRecord } from '../storage/store.js'
import { describeSearch } from './describe-search.js'
import { type OpenedStore, type StoreTest, walk, withStore } from './opened-store.js'
import { sampleAnswer, sampleAttachment, sampleRun, sampleThread, sampleUserMessage } from './samples.js'
import { failureOf, type TestRunner } from './test-runner.js'

const ENDED_AT = '2026-11-20T12:01:00.000Z'

/** Declares the tests every `DurableStore` has to pass besides those of `describeStore`; used in the same way. */
export function describeRunStore<Context>(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<OpenedStore<Context, DurableStore<Context>>>,
): void {
  const test = (title: string, body: StoreTest<Context, DurableStore<Context>>) =>
    it(title, () => withStore(open, body))

  describeSearch({ describe, it, expect }, name, open)

  describe(`${name}: starting runs`, () => {
    test('stores the run with its thread, attachments and items, and takes away what it replaces', async (store, ada) => {
      const thread = sampleThread('thr_1', { title: 'New' })
      await store.saveThread(sampleThread('thr_1'), ada)
      for (const id of ['msg_1', 'msg_2', 'msg_3']) await store.addThreadItem('thr_1', sampleAnswer(id, 'thr_1'), ada)
      const items = [sampleUserMessage('msg_4', 'thr_1'), sampleAnswer('msg_1', 'thr_1', 'replaced')]
      const run = sampleRun('run_1', 'thr_1', { request_id: 'req_1', trigger: { type: 'retry', item_id: 'msg_1' } })

      const writes = { thread, attachments: [sampleAttachment('atc_1')], items, removedItemIds: ['msg_2', 'msg_3'] }
      const started = await store.startRun(run, writes, ada)

      expect(started).toEqual({ run, created: true })
      expect(await store.loadRun('run_1', ada)).toEqual(run)
      expect(await store.loadThread('thr_1', ada)).toEqual(thread)
      expect(await store.loadAttachment('atc_1', ada)).toEqual(sampleAttachment('atc_1'))
      expect(await itemIds(store, ada)).toEqual(['msg_1', 'msg_4'])
    })

    test('keeps what a caller says of a run, lists runs in the order of their start, and forgets one', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      const told = { metadata: { source: 'test' }, request: { stream_mode: ['values'] } }
      const runs = [sampleRun('run_1', 'thr_1', told), sampleRun('run_2', 'thr_1'), sampleRun('run_3', 'thr_1')]
      for (const run of runs) await store.startRun(run, {}, ada)
      const list = (order: 'asc' | 'desc') => walk(order, 2, (page) => store.loadRuns('thr_1', page, ada))

      expect(await store.loadRun('run_1', ada)).toEqual(runs[0])
      expect(await list('asc')).toEqual(['run_1', 'run_2', 'run_3'])
      expect(await list('desc')).toEqual(['run_3', 'run_2', 'run_1'])
      await store.deleteRun('run_2', ben)
      expect(await list('asc')).toEqual(['run_1', 'run_2', 'run_3'])
      await store.deleteRun('run_3', ada)
      await store.deleteRun('run_3', ada)
      expect(await list('asc')).toEqual(['run_1', 'run_2'])
      expect((await store.loadLatestRun('thr_1', ada))?.id).toEqual('run_2')
    })

    test('writes nothing when the thread is missing or somebody else’s', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ben)
      const writes = { attachments: [sampleAttachment('atc_1')], items: [sampleAnswer('msg_1', 'thr_1')] }

      const started = store.startRun(sampleRun('run_1', 'thr_1'), writes, ada)

      expect(await failureOf(started)).toEqual('thread_not_found')
      expect(await failureOf(store.loadRun('run_1', ada))).toEqual('run_not_found')
      expect(await failureOf(store.loadAttachment('atc_1', ada))).toEqual('attachment_not_found')
      expect(await itemIds(store, ben)).toEqual([])
    })

    test('answers a repeated request id with the run it started, and writes nothing', async (store, ada) => {
      const first = sampleRun('run_1', 'thr_1', { request_id: 'req_1' })
      await store.startRun(first, { thread: sampleThread('thr_1') }, ada)
      await store.endRun({ ...first, status: 'completed' }, {}, ada)

      const again = sampleRun('run_2', 'thr_2', { request_id: 'req_1' })
      const started = await store.startRun(again, { thread: sampleThread('thr_2') }, ada)

      expect(started).toEqual({ run: { ...first, status: 'completed' }, created: false })
      expect(await failureOf(store.loadThread('thr_2', ada))).toEqual('thread_not_found')
      expect(await failureOf(store.loadRun('run_2', ada))).toEqual('run_not_found')
    })

    test('starts one run for ten simultaneous requests with one id', async (store, ada) => {
      const starts = Array.from({ length: 10 }, (_, index) => {
        const thread = sampleThread(`thr_${index}`)
        return store.startRun(sampleRun(`run_${index}`, thread.id, { request_id: 'req_1' }), { thread }, ada)
      })

      const answers = await Promise.all(starts)

      expect(answers.filter(({ created }) => created).length).toEqual(1)
      expect(new Set(answers.map(({ run }) => run.id)).size).toEqual(1)
      expect((await store.loadThreads({ limit: 99, order: 'asc' }, ada)).data.length).toEqual(1)
    })

    test('takes equal request ids of two users for two requests', async (store, ada, ben) => {
      const requests = [
        { user: ada, run: sampleRun('run_ada', 'thr_ada', { request_id: 'req_1' }) },
        { user: ben, run: sampleRun('run_ben', 'thr_ben', { request_id: 'req_1' }) },
      ]

      for (const { user, run } of requests) {
        const started = await store.startRun(run, { thread: sampleThread(run.thread_id) }, user)
        expect(started).toEqual({ run, created: true })
      }
    })

    test('refuses a run id that is taken', async (store, ada) => {
      await store.startRun(sampleRun('run_1', 'thr_1'), { thread: sampleThread('thr_1') }, ada)

      const again = store.startRun(sampleRun('run_1', 'thr_2'), { thread: sampleThread('thr_2') }, ada)

      expect(await failureOf(again)).toEqual('conflict')
    })

    test('keeps request ids with characters databases refuse', async (store, ada) => {
      const run = sampleRun('run_1', 'thr_1', { request_id: 'a\0\uD800' })
      await store.startRun(run, { thread: sampleThread('thr_1') }, ada)

      const again = await store.startRun({ ...run, id: 'run_2' }, {}, ada)

      expect(again).toEqual({ run, created: false })
    })
  })

  describe(`${name}: queued runs`, () => {
    test('begin once, as the newest run of their thread', async (store, ada, ben) => {
      const queued = sampleRun('run_1', 'thr_1', { status: 'queued', request_id: 'req_1' })
      await store.startRun(queued, { thread: sampleThread('thr_1') }, ada)
      expect(await store.loadLatestRun('thr_1', ada)).toEqual(null)
      await store.startRun(sampleRun('run_2', 'thr_1'), {}, ada)
      const running: RunRecord = { ...queued, status: 'running', trigger: { type: 'user_message', item_id: 'msg_1' } }
      const writes = { items: [sampleAnswer('msg_1', 'thr_1')] }

      expect(await store.beginRun(running, writes, ben)).toEqual(false)
      expect(await itemIds(store, ada)).toEqual([])
      expect(await store.beginRun(running, writes, ada)).toEqual(true)
      expect(await store.beginRun(running, { items: [sampleAnswer('msg_2', 'thr_1')] }, ada)).toEqual(false)

      expect(await store.loadRun('run_1', ada)).toEqual(running)
      expect(await store.loadLatestRun('thr_1', ada)).toEqual(running)
      expect(await itemIds(store, ada)).toEqual(['msg_1'])
      expect((await store.startRun(sampleRun('run_3', 'thr_1', { request_id: 'req_1' }), {}, ada)).created).toEqual(
        false,
      )
    })

    test('are ended by a sweep, which keeps what was said', async (store, ada) => {
      const queued = sampleRun('run_1', 'thr_1', { status: 'queued' })
      await store.startRun(queued, { thread: sampleThread('thr_1') }, ada)
      const items = [sampleUserMessage('msg_1', 'thr_1')]
      await store.savePartials([{ runId: 'run_1', attempt: 1, items }])

      expect(await store.sweepRuns(ENDED_AT)).toEqual(1)

      expect(await store.loadRun('run_1', ada)).toEqual({ ...queued, status: 'interrupted', ended_at: ENDED_AT })
      expect(await itemIds(store, ada)).toEqual(['msg_1'])
      expect(await store.beginRun({ ...queued, status: 'running' }, {}, ada)).toEqual(false)
    })
  })

  describe(`${name}: branches`, () => {
    test('takes the items of a branch out of the thread and back, and keeps them if it keeps branches', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      const [first, second, third] = ['msg_1', 'msg_2', 'msg_3'].map((id) => sampleAnswer(id, 'thr_1')) as [
        ThreadItem,
        ThreadItem,
        ThreadItem,
      ]
      await store.changeThread('thr_1', { items: [first, second, third] }, ada)
      const leftItems = [
        { item: second, follows: 'msg_1' },
        { item: third, follows: 'msg_2' },
      ]

      await store.startRun(sampleRun('run_1', 'thr_1'), { leftItems, items: [sampleAnswer('msg_4', 'thr_1')] }, ada)
      const left = await store.loadLeftItems?.('thr_1', ada)
      const itemsThen = await itemIds(store, ada)
      await store.changeThread('thr_1', { items: [second], returnedItemIds: ['msg_2'] }, ada)

      const isKept = store.loadLeftItems !== undefined
      expect(itemsThen).toEqual(['msg_1', 'msg_4'])
      expect(left).toEqual(isKept ? leftItems : undefined)
      expect(await itemIds(store, ada)).toEqual(['msg_1', 'msg_4', 'msg_2'])
      expect(await store.loadLeftItems?.('thr_1', ada)).toEqual(isKept ? leftItems.slice(1) : undefined)
      expect(await store.loadLeftItems?.('thr_1', ben)).toEqual(isKept ? [] : undefined)
      expect(await failureOf(store.changeThread('thr_1', { items: [first] }, ben))).toEqual('thread_not_found')
    })
  })

  describe(`${name}: waiting runs`, () => {
    test('lets exactly one of ten claims go on, one attempt later', async (store, ada) => {
      const waiting = sampleRun('run_1', 'thr_1', { status: 'waiting', waiting_item_id: 'msg_1' })
      await store.startRun({ ...waiting, status: 'running' }, { thread: sampleThread('thr_1') }, ada)
      await store.endRun(waiting, {}, ada)

      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.claimRun('run_1', { items: [sampleAnswer(`msg_${index}`, 'thr_1')] }, ada),
        ),
      )

      const resumed = sampleRun('run_1', 'thr_1', { attempt: 2 })
      expect(claims.filter((run) => run !== null)).toEqual([resumed])
      expect(await store.loadRun('run_1', ada)).toEqual(resumed)
      expect((await itemIds(store, ada)).length).toEqual(1)
    })

    test('gives a claim nothing when the run is missing, foreign, running or ended', async (store, ada, ben) => {
      const run = sampleRun('run_1', 'thr_1')
      await store.startRun(run, { thread: sampleThread('thr_1') }, ada)

      expect(await store.claimRun('run_1', {}, ada)).toEqual(null)
      await store.endRun({ ...run, status: 'waiting' }, {}, ada)
      expect(await store.claimRun('run_1', {}, ben)).toEqual(null)
      expect(await store.claimRun('run_2', {}, ada)).toEqual(null)
      await store.endRun({ ...run, status: 'cancelled' }, {}, ada)
      expect(await store.claimRun('run_1', {}, ada)).toEqual(null)
    })
  })

  describe(`${name}: ending runs`, () => {
    test('stores the end with its last writes', async (store, ada) => {
      const run = sampleRun('run_1', 'thr_1')
      await store.startRun(run, { thread: sampleThread('thr_1') }, ada)
      const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3, requests: 1 }
      const ended: RunRecord = { ...run, status: 'failed', usage, error: { code: 'model_failed' }, ended_at: ENDED_AT }

      const writes = { thread: sampleThread('thr_1', { title: 'T' }), items: [sampleAnswer('msg_1', 'thr_1')] }

      expect(await store.endRun(ended, writes, ada)).toEqual(true)
      expect(await store.loadRun('run_1', ada)).toEqual(ended)
      expect((await store.loadThread('thr_1', ada)).title).toEqual('T')
      expect(await itemIds(store, ada)).toEqual(['msg_1'])
    })

    test('writes nothing for a stale attempt, an ended run, a stranger or a deleted thread', async (store, ada, ben) => {
      const run = sampleRun('run_1', 'thr_1')
      const late = { items: [sampleAnswer('msg_late', 'thr_1')] }
      await store.startRun(run, { thread: sampleThread('thr_1') }, ada)
      await store.endRun({ ...run, status: 'waiting' }, {}, ada)
      await store.claimRun('run_1', {}, ada)

      expect(await store.endRun({ ...run, status: 'completed' }, late, ada)).toEqual(false)
      expect(await store.endRun({ ...run, attempt: 2, status: 'completed' }, late, ben)).toEqual(false)
      expect(await store.endRun({ ...run, attempt: 2, status: 'completed' }, {}, ada)).toEqual(true)
      expect(await store.endRun({ ...run, attempt: 2, status: 'failed' }, late, ada)).toEqual(false)
      expect((await store.loadRun('run_1', ada)).status).toEqual('completed')
      expect(await itemIds(store, ada)).toEqual([])
      await store.startRun(sampleRun('run_2', 'thr_1'), {}, ada)
      await store.deleteThread('thr_1', ada)
      expect(await store.endRun(sampleRun('run_2', 'thr_1', { status: 'completed' }), late, ada)).toEqual(false)
    })
  })

  describe(`${name}: finding runs`, () => {
    test('finds the newest run of a thread, even with equal times', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      expect(await store.loadLatestRun('thr_1', ada)).toEqual(null)
      for (const id of ['run_2', 'run_1']) await store.startRun(sampleRun(id, 'thr_1'), {}, ada)

      expect((await store.loadLatestRun('thr_1', ada))?.id).toEqual('run_1')
      expect(await store.loadLatestRun('thr_1', ben)).toEqual(null)
      expect(await store.loadLatestRun('thr_2', ada)).toEqual(null)
    })

    test('hides runs from strangers and forgets them with their thread', async (store, ada, ben) => {
      await store.startRun(sampleRun('run_1', 'thr_1'), { thread: sampleThread('thr_1') }, ada)

      expect(await failureOf(store.loadRun('run_1', ben))).toEqual('run_not_found')
      expect(await failureOf(store.loadRun('run_2', ada))).toEqual('run_not_found')
      await store.deleteThread('thr_1', ada)
      expect(await failureOf(store.loadRun('run_1', ada))).toEqual('run_not_found')
    })
  })

  describe(`${name}: after a crash`, () => {
    test('interrupts runs in progress and keeps their readable answers in order, once', async (store, ada) => {
      const run = sampleRun('run_1', 'thr_1')
      await store.startRun(run, { thread: sampleThread('thr_1'), items: [sampleUserMessage('msg_1', 'thr_1')] }, ada)
      await store.savePartials([{ runId: 'run_1', attempt: 1, items: [sampleAnswer('msg_old', 'thr_1')] }])
      const partials = [
        sampleAnswer('msg_3', 'thr_1'),
        sampleAnswer('msg_2', 'thr_1'),
        sampleAnswer('msg_4', 'thr_1', ' \n'),
      ]
      await store.savePartials([{ runId: 'run_1', attempt: 1, items: partials }])
      await store.savePartials([{ runId: 'run_1', attempt: 0, items: [sampleAnswer('msg_stale', 'thr_1')] }])

      expect(await store.sweepRuns(ENDED_AT)).toEqual(1)
      expect(await store.sweepRuns('2026-11-20T13:00:00.000Z')).toEqual(0)

      expect(await store.loadRun('run_1', ada)).toEqual({ ...run, status: 'interrupted', ended_at: ENDED_AT })
      expect(await itemIds(store, ada)).toEqual(['msg_1', 'msg_3', 'msg_2'])
    })

    test('keeps the newest checkpoint of a run in progress, and of no other', async (store, ada) => {
      const run = sampleRun('run_1', 'thr_1')
      await store.startRun(run, { thread: sampleThread('thr_1') }, ada)
      for (const step of [1, 2]) await store.saveRun({ ...run, checkpoint: { step }, checkpoint_attempt: 1 })
      await store.saveRun({ ...run, attempt: 0, checkpoint: 'stale' })

      await store.sweepRuns(ENDED_AT)
      await store.saveRun({ ...run, checkpoint: 'too late' })

      const kept = {
        checkpoint: { step: 2 },
        checkpoint_attempt: 1,
        status: 'interrupted',
        ended_at: ENDED_AT,
      } as const
      expect(await store.loadRun('run_1', ada)).toEqual({ ...run, ...kept })
    })

    test('leaves waiting and ended runs, and finished items, as they are', async (store, ada) => {
      const states = ['waiting', 'completed'] as const
      for (const status of states) {
        const run = sampleRun(`run_${status}`, 'thr_1')
        await store.startRun(run, { thread: sampleThread('thr_1') }, ada)
        await store.endRun({ ...run, status }, {}, ada)
      }
      await store.startRun(sampleRun('run_1', 'thr_1', { status: 'queued' }), {}, ada)
      await store.savePartials([{ runId: 'run_1', attempt: 1, items: [sampleAnswer('msg_1', 'thr_1', 'half')] }])
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1', 'whole'), ada)

      expect(await store.sweepRuns(ENDED_AT)).toEqual(1)

      for (const status of states) expect((await store.loadRun(`run_${status}`, ada)).status).toEqual(status)
      expect(await store.loadItem('thr_1', 'msg_1', ada)).toEqual(sampleAnswer('msg_1', 'thr_1', 'whole'))
    })

    test('keeps the partial answers of many runs at once, and none of runs that have ended', async (store, ada) => {
      const ids = Array.from({ length: 50 }, (_, index) => `run_${index}`)
      for (const id of ids) await store.startRun(sampleRun(id, `thr_${id}`), { thread: sampleThread(`thr_${id}`) }, ada)
      await store.endRun(sampleRun('run_0', 'thr_run_0', { status: 'completed' }), {}, ada)

      await store.savePartials(
        ids.map((id) => ({ runId: id, attempt: 1, items: [sampleAnswer('msg_1', `thr_${id}`, `of ${id}`)] })),
      )

      expect(await store.sweepRuns(ENDED_AT)).toEqual(49)
      expect(await failureOf(store.loadItem('thr_run_0', 'msg_1', ada))).toEqual('item_not_found')
      expect(await store.loadItem('thr_run_49', 'msg_1', ada)).toEqual(sampleAnswer('msg_1', 'thr_run_49', 'of run_49'))
    })
  })

  describe(`${name}: many at once`, () => {
    test('keeps runs whole while they are snapshotted, ended and deleted together', async (store, ada) => {
      const runs = Array.from({ length: 60 }, (_, index) => sampleRun(`run_${index}`, `thr_${index}`))
      const answerOf = (run: RunRecord) => sampleAnswer('msg_1', run.thread_id)
      const partials = runs.map((run) => ({ runId: run.id, attempt: 1, items: [answerOf(run)] }))
      const deleted = runs.slice(0, 20)
      const kept = runs.slice(20)

      await Promise.all(runs.map((run) => store.startRun(run, { thread: sampleThread(run.thread_id) }, ada)))
      await Promise.all([
        store.savePartials(partials),
        ...runs.map((run) => store.endRun({ ...run, status: 'completed' }, { items: [answerOf(run)] }, ada)),
        store.savePartials(partials.toReversed()),
        ...deleted.map((run) => store.deleteThread(run.thread_id, ada)),
        store.savePartials(partials),
      ])

      for (const run of deleted) expect(await failureOf(store.loadRun(run.id, ada))).toEqual('run_not_found')
      for (const run of kept) {
        expect(await store.loadRun(run.id, ada)).toEqual({ ...run, status: 'completed' })
        expect(await store.loadItem(run.thread_id, 'msg_1', ada)).toEqual(answerOf(run))
      }
      expect(await store.sweepRuns(ENDED_AT)).toEqual(0)
    })
  })

  async function itemIds(store: DurableStore<Context>, context: Context): Promise<string[]> {
    const page = await store.loadThreadItems('thr_1', { limit: 99, order: 'asc' }, context)
    return page.data.map(({ id }) => id)
  }
}
