import type { ThreadItem } from '@parley/protocol'
import type { RunRecord } from './store.js'

/** A run that lives in the memory of this process. */
export interface KnownRun<Context> {
  record: RunRecord
  /** Of the request that started it: what a sweep writes with. */
  context: Context
  partialItems: ThreadItem[]
}

/** The runs of this process, found by id, thread and request id, each list in the order of starting. */
export interface RunMemory<Context> {
  add(run: KnownRun<Context>): void
  get(runId: string): KnownRun<Context> | undefined
  all(): KnownRun<Context>[]
  ofThread(threadId: string): KnownRun<Context>[]
  /** One request id may belong to several people. */
  ofRequest(requestId: string): KnownRun<Context>[]
  forget(run: KnownRun<Context>): void
  forgetThread(threadId: string): void
}

/** Remembers runs; when there are more than `limit`, the oldest that `isOver` go first. */
export function runMemory<Context>(limit: number, isOver: (run: RunRecord) => boolean): RunMemory<Context> {
  const runs = new Map<string, KnownRun<Context>>()
  const threads = new Map<string, Set<KnownRun<Context>>>()
  const requests = new Map<string, Set<KnownRun<Context>>>()

  function forget(run: KnownRun<Context>): void {
    const { id, thread_id, request_id } = run.record
    runs.delete(id)
    removeFrom(threads, thread_id, run)
    if (request_id !== undefined) removeFrom(requests, request_id, run)
  }

  function forgetOldest(): void {
    for (const run of runs.values()) {
      if (runs.size <= limit) return
      if (isOver(run.record)) forget(run)
    }
  }

  return {
    add(run) {
      const { id, thread_id, request_id } = run.record
      runs.set(id, run)
      addTo(threads, thread_id, run)
      if (request_id !== undefined) addTo(requests, request_id, run)
      if (runs.size > limit) forgetOldest()
    },
    get: (runId) => runs.get(runId),
    all: () => [...runs.values()],
    ofThread: (threadId) => [...(threads.get(threadId) ?? [])],
    ofRequest: (requestId) => [...(requests.get(requestId) ?? [])],
    forget,
    forgetThread(threadId) {
      for (const run of threads.get(threadId) ?? []) forget(run)
    },
  }
}

function addTo<Run>(lists: Map<string, Set<Run>>, key: string, run: Run): void {
  const list = lists.get(key) ?? new Set()
  lists.set(key, list.add(run))
}

function removeFrom<Run>(lists: Map<string, Set<Run>>, key: string, run: Run): void {
  const list = lists.get(key)
  list?.delete(run)
  if (list?.size === 0) lists.delete(key)
}
