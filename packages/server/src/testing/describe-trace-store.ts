import type { RunStatus, RunTrace } from '@parley/protocol'
import type { ServerStore } from '../storage/workspace-store.js'
import { walk } from './opened-store.js'
import { sampleRun, sampleThread } from './samples.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'

const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }

/** What one attempt of a run did: one model call. */
const sampleTrace = (cost: number | null = 0.5): RunTrace => ({
  summary: {
    duration_ms: 1000,
    first_text_ms: 20,
    usage: { input_tokens: 10, cached_tokens: 2, output_tokens: 5, reasoning_tokens: 1 },
    cost,
    model_calls: 1,
    tool_calls: 0,
    spans_left_out: 0,
  },
  spans: [
    { id: 0, parent: null, type: 'run', name: 'support', start_ms: 0, duration_ms: 1000, status: 'completed' },
    { id: 1, parent: 0, type: 'model_call', name: 'm', start_ms: 1, duration_ms: 9, status: 'completed', cost },
  ],
})

/**
 * Declares the tests of a `TraceStore`.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeTraceStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  async function run(
    store: ServerStore,
    id: string,
    { owner = ada, thread = 'thr_1', day = 1, status = 'completed' as RunStatus } = {},
  ) {
    await store.saveThread(sampleThread(thread), owner)
    const created_at = `2026-01-0${day}T12:00:00.000Z`
    const record = { ...sampleRun(id, thread), created_at }
    await store.startRun(record, {}, owner)
    await store.endRun({ ...record, status, ended_at: created_at }, { trace: sampleTrace() }, owner)
  }

  describe(`${name}: what runs did`, () => {
    test('says that a crash cut a run off, with what is known, where traces are kept', async (store) => {
      const { summary, spans } = sampleTrace()
      for (const id of ['run_1', 'run_2']) {
        await store.saveThread(sampleThread(`thr_${id}`), ada)
        await store.startRun(sampleRun(id, `thr_${id}`), {}, ada)
      }
      await store.saveRun({ ...sampleRun('run_2', 'thr_run_2'), checkpoint: 1, checkpoint_trace: sampleTrace() })

      await store.sweepRuns('2026-11-20T12:01:00.000Z', true)

      const [first, second] = [
        await store.traces.loadTrace('shop', 'run_1'),
        await store.traces.loadTrace('shop', 'run_2'),
      ]
      const root = {
        id: 0,
        parent: null,
        type: 'run',
        name: 'support',
        start_ms: 0,
        status: 'stopped',
        error: 'cut_off',
      }
      expect(first?.spans).toEqual([{ ...root, duration_ms: 0 }])
      expect(first?.summary?.cost).toEqual(null)
      expect(second?.spans).toEqual([{ ...root, duration_ms: 1000 }, ...spans.slice(1)])
      expect(second?.summary).toEqual({ ...summary, cost: null })
      expect(second?.run).toEqual({
        ...sampleRun('run_2', 'thr_run_2'),
        checkpoint: 1,
        status: 'interrupted',
        ended_at: '2026-11-20T12:01:00.000Z',
      })
      await store.startRun(sampleRun('run_3', 'thr_run_1'), {}, ada)
      await store.sweepRuns('2026-11-20T12:02:00.000Z')
      expect((await store.traces.loadTrace('shop', 'run_3'))?.spans).toEqual([])
    })

    test('lists the runs of a workspace by app, user, thread, status and time', async (store) => {
      await run(store, 'run_1')
      await run(store, 'run_2', { status: 'failed', day: 2, thread: 'thr_2' })
      await run(store, 'run_3', { owner: { ...ada, userId: 'ben' }, day: 3, thread: 'thr_3' })
      await run(store, 'run_4', { owner: { ...ada, appId: 'sales' }, day: 4, thread: 'thr_4' })
      await run(store, 'run_5', { owner: { ...ada, workspaceId: 'bank' }, day: 5, thread: 'thr_1' })
      const list = (filter: Parameters<ServerStore['traces']['listTraces']>[2]) =>
        walk('desc', 2, async (page) => {
          const found = await store.traces.listTraces('shop', page, filter)
          return { ...found, data: found.data.map((traced) => traced.run) }
        })

      expect(await list({})).toEqual(['run_4', 'run_3', 'run_2', 'run_1'])
      expect(await list({ appId: 'sales' })).toEqual(['run_4'])
      expect(await list({ userId: 'ben' })).toEqual(['run_3'])
      expect(await list({ threadId: 'thr_1' })).toEqual(['run_1'])
      expect(await list({ status: 'failed' })).toEqual(['run_2'])
      expect(await list({ since: '2026-01-02T00:00:00.000Z', until: '2026-01-04T00:00:00.000Z' })).toEqual([
        'run_3',
        'run_2',
      ])
      const foreign = store.traces.listTraces('shop', { limit: 1, order: 'desc', after: 'run_5' }, {})
      expect(await failureOf(foreign)).toEqual('invalid_cursor')
    })

    test('gives a run as a tree to its own workspace alone', async (store) => {
      await run(store, 'run_1')

      const found = await store.traces.loadTrace('shop', 'run_1')
      expect([found?.run.id, found?.run.status, found?.owner]).toEqual(['run_1', 'completed', ada])
      expect({ summary: found?.summary, spans: found?.spans }).toEqual(sampleTrace())
      expect(await store.traces.loadTrace('bank', 'run_1')).toEqual(null)
      expect(await store.traces.loadTrace('shop', 'run_9')).toEqual(null)
    })

    test('adds what a later attempt did', async (store) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      const record = { ...sampleRun('run_1', 'thr_1'), created_at: '2026-01-01T12:00:00.000Z' }
      await store.startRun(record, {}, ada)
      await store.endRun({ ...record, status: 'waiting' }, { trace: sampleTrace() }, ada)
      const claimed = await store.claimRun('run_1', {}, ada)
      const ended = { ...record, attempt: claimed?.attempt ?? 0, ended_at: '2026-01-02T12:00:01.000Z' }
      await store.endRun({ ...ended, status: 'completed' }, { trace: sampleTrace(null) }, ada)

      const found = await store.traces.loadTrace('shop', 'run_1')

      const usage = { input_tokens: 20, cached_tokens: 4, output_tokens: 10, reasoning_tokens: 2 }
      expect(found?.summary).toEqual({
        ...sampleTrace().summary,
        duration_ms: 2000,
        usage,
        cost: null,
        model_calls: 2,
      })
      expect(found?.spans.map(({ id, parent }) => [id, parent])).toEqual([
        [0, null],
        [1, 0],
        [2, null],
        [3, 2],
      ])
      expect(found?.spans[2]?.start_ms).toEqual(24 * 3600 * 1000)
    })

    test('forgets what old runs did, a few at a time, and all of it with the thread', async (store) => {
      for (const day of [1, 2, 3, 4]) await run(store, `run_${day}`, { day, thread: `thr_${day}` })

      expect(await store.traces.deleteTracesBefore('2026-01-03T00:00:00.000Z', 1)).toEqual(1)
      expect(await store.traces.deleteTracesBefore('2026-01-03T00:00:00.000Z', 10)).toEqual(1)

      const left = await store.traces.loadTrace('shop', 'run_1')
      expect([left?.run.id, left?.summary, left?.spans]).toEqual(['run_1', null, []])
      expect((await store.traces.loadTrace('shop', 'run_3'))?.spans.length).toEqual(2)
      await store.deleteThread('thr_3', ada)
      expect(await store.traces.loadTrace('shop', 'run_3')).toEqual(null)
      expect(await store.traces.deleteTracesBefore('2027-01-01T00:00:00.000Z', 10)).toEqual(1)
    })
  })
}
