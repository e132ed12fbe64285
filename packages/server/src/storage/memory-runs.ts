import { type ErrorCode, ParleyError, type ThreadItem } from '@parley/protocol'
import { pageOf } from './page-of.js'
import { type KnownRun, runMemory } from './run-memory.js'
import { searchByReading } from './search-by-reading.js'
import type { DurableStore, RunRecord, RunWrites, Store } from './store.js'
import { hasVisibleText } from './visible-text.js'

/** Ended runs are remembered for repeated requests and for readers that come back, as long as memory stays small. */
const REMEMBERED_RUNS = 10_000

/**
 * Adds runs to a `Store` of your own. They live in this process's memory: one process serves all requests, and a
 * restart forgets runs in progress but no thread or item.
 *
 * A context says nothing of whose it is, so a run belongs to whoever can load its thread: every lookup by run id or
 * request id asks the store for the thread first, and equal request ids of two people find different runs.
 * The writes of one call happen one after the other, not in one transaction: when one fails, those before it stay.
 */
export function memoryRuns<Context>(store: Store<Context>): DurableStore<Context> {
  const runs = runMemory<Context>(REMEMBERED_RUNS, isEnded)
  const startInTurn = turns()

  return {
    ...delegatesTo(store),
    searchThreads: (search, context) => searchByReading(store, search, context),
    async deleteThread(threadId, context) {
      const mine = await canLoad(threadId, context)
      await store.deleteThread(threadId, context)
      if (mine) runs.forgetThread(threadId)
    },

    startRun(run, writes, context) {
      return startInTurn(run.request_id, () => startRun(run, writes, context))
    },
    async claimRun(runId, writes, context) {
      const known = await findRun(runId, context)
      if (known?.record.status !== 'waiting') return null
      const { waiting_item_id: _, ...waiting } = known.record
      const claimed: RunRecord = { ...waiting, status: 'running', attempt: waiting.attempt + 1 }
      const changed = await change(known, claimed, () => write(claimed.thread_id, writes, context))
      return changed ? structuredClone(claimed) : null
    },
    async beginRun(run, writes, context) {
      const known = await findRun(run.id, context)
      if (known?.record.status !== 'queued') return false
      await write(run.thread_id, writes, context)
      runs.forget(known) // and added anew: runs stand in the order of their beginning
      runs.add({ record: structuredClone(run), context, partialItems: [] })
      return true
    },
    async savePartials(partials) {
      for (const { runId, attempt, items } of partials) {
        const known = runs.get(runId)
        if (known && isInProgress(known.record) && known.record.attempt === attempt) {
          known.partialItems = structuredClone(items)
        }
      }
    },
    async saveRun(run) {
      const known = runs.get(run.id)
      if (known && isInProgress(known.record) && known.record.attempt === run.attempt)
        known.record = structuredClone(run)
    },
    async endRun(run, writes, context) {
      const known = await findRun(run.id, context)
      if (!known || isEnded(known.record) || known.record.attempt !== run.attempt) return false
      return change(known, structuredClone(run), () => write(run.thread_id, writes, context))
    },
    changeThread: (threadId, writes, context) => write(threadId, writes, context),
    async loadRun(runId, context) {
      const known = await findRun(runId, context)
      if (!known) throw new ParleyError('run_not_found', 'There is no such run.')
      return structuredClone(known.record)
    },
    async loadLatestRun(threadId, context) {
      const ofThread = (await canLoad(threadId, context)) ? runs.ofThread(threadId) : []
      const latest = ofThread.findLast(({ record }) => record.status !== 'queued')
      return latest ? structuredClone(latest.record) : null
    },
    async loadRuns(threadId, page, context) {
      const records = (await canLoad(threadId, context)) ? runs.ofThread(threadId).map(({ record }) => record) : []
      return pageOf(records, page)
    },
    async deleteRun(runId, context) {
      const known = await findRun(runId, context)
      if (known) runs.forget(known)
    },
    async sweepRuns(now) {
      const crashed = runs.all().filter(({ record }) => isInProgress(record))
      for (const known of crashed) {
        const isQueued = known.record.status === 'queued'
        const readable = isQueued ? known.partialItems : known.partialItems.filter(hasVisibleText)
        await change(known, { ...known.record, status: 'interrupted', ended_at: now }, async () => {
          for (const item of readable) await addMissing(known.record.thread_id, item, known.context)
        })
      }
      return crashed.length
    },
    close: async () => undefined,
  }

  async function startRun(
    run: RunRecord,
    writes: RunWrites,
    context: Context,
  ): Promise<{ run: RunRecord; created: boolean }> {
    const earlier = run.request_id === undefined ? undefined : await findByRequest(run.request_id, context)
    if (earlier) return { run: structuredClone(earlier.record), created: false }
    if (runs.get(run.id)) throw new ParleyError('conflict', 'A run with this id exists already.')
    if (!writes.thread) await store.loadThread(run.thread_id, context)
    await write(run.thread_id, writes, context)
    runs.add({ record: structuredClone(run), context, partialItems: [] })
    return { run, created: true }
  }

  /**
   * Changes the run first, so that of two callers the second finds it changed; takes that back when the writes fail.
   * `false`: the thread was deleted meanwhile, and the run with it.
   */
  async function change(known: KnownRun<Context>, record: RunRecord, writing: () => Promise<void>): Promise<boolean> {
    const before = known.record
    known.record = record
    try {
      await writing()
      if (!isInProgress(record) && known.record === record) known.partialItems = []
      return true
    } catch (thrown) {
      if (known.record === record) known.record = before
      if (!(thrown instanceof ParleyError && thrown.code === 'thread_not_found')) throw thrown
      runs.forgetThread(record.thread_id)
      return false
    }
  }

  async function write(
    threadId: string,
    { thread, attachments = [], items = [], removedItemIds = [], leftItems = [] }: RunWrites,
    context: Context,
  ): Promise<void> {
    if (thread) await store.saveThread(thread, context)
    for (const attachment of attachments) await store.saveAttachment(attachment, context)
    const goneIds = [...removedItemIds, ...leftItems.map(({ item }) => item.id)]
    for (const itemId of goneIds) await store.deleteThreadItem(threadId, itemId, context)
    for (const item of items) await store.addThreadItem(threadId, item, context)
  }

  /** An item that is there already is the finished one: the partial text is older. */
  async function addMissing(threadId: string, item: ThreadItem, context: Context): Promise<void> {
    if (await existing('item_not_found', store.loadItem(threadId, item.id, context))) return
    await store.addThreadItem(threadId, item, context)
  }

  async function findRun(runId: string, context: Context): Promise<KnownRun<Context> | undefined> {
    const known = runs.get(runId)
    return known && (await canLoad(known.record.thread_id, context)) ? known : undefined
  }

  async function findByRequest(requestId: string, context: Context): Promise<KnownRun<Context> | undefined> {
    for (const known of runs.ofRequest(requestId)) {
      if (await canLoad(known.record.thread_id, context)) return known
    }
    return undefined
  }

  async function canLoad(threadId: string, context: Context): Promise<boolean> {
    return (await existing('thread_not_found', store.loadThread(threadId, context))) !== undefined
  }
}

function isInProgress({ status }: RunRecord): boolean {
  return status === 'queued' || status === 'running'
}

function isEnded(run: RunRecord): boolean {
  return run.status !== 'waiting' && !isInProgress(run)
}

/** Lets the starts of one request id happen one after the other, so that the second finds what the first one stored. */
function turns(): <Result>(requestId: string | undefined, start: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>()

  async function startInTurn<Result>(requestId: string | undefined, start: () => Promise<Result>): Promise<Result> {
    if (requestId === undefined) return start()
    const before = last.get(requestId) ?? Promise.resolve()
    const turn = before.then(start, start)
    last.set(requestId, turn)
    try {
      return await turn
    } finally {
      if (last.get(requestId) === turn) last.delete(requestId)
    }
  }

  return startInTurn
}

/** What the call answers, or `undefined` when it fails because the thing does not exist. */
async function existing<Result>(missing: ErrorCode, call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === missing) return undefined
    throw thrown
  }
}

/** The store's methods one by one: it may be an instance of a class, whose methods a spread would lose. */
function delegatesTo<Context>(store: Store<Context>): Store<Context> {
  return {
    loadThread: (id, context) => store.loadThread(id, context),
    saveThread: (thread, context) => store.saveThread(thread, context),
    loadThreads: (page, context) => store.loadThreads(page, context),
    deleteThread: (id, context) => store.deleteThread(id, context),
    loadThreadItems: (threadId, page, context) => store.loadThreadItems(threadId, page, context),
    addThreadItem: (threadId, item, context) => store.addThreadItem(threadId, item, context),
    saveItem: (threadId, item, context) => store.saveItem(threadId, item, context),
    loadItem: (threadId, id, context) => store.loadItem(threadId, id, context),
    deleteThreadItem: (threadId, id, context) => store.deleteThreadItem(threadId, id, context),
    saveAttachment: (attachment, context) => store.saveAttachment(attachment, context),
    loadAttachment: (id, context) => store.loadAttachment(id, context),
    deleteAttachment: (id, context) => store.deleteAttachment(id, context),
  }
}
