import { type Page, ParleyError, type ThreadItem } from '@parley/protocol'
import { cloneJson, freezeJson } from '../base/json.js'
import type { DurableStore, Order, PageQuery, RunWrites } from './store.js'

/** Items kept in all threads together. */
const MOST_ITEMS = 20_000

/** A thread's items in order, once a page turned out to hold all of them, and the writes that are under way. */
interface CachedThread {
  items?: ThreadItem[]
  writing: number
  /** Grows with every write: what was read before it is old. */
  version: number
}

/**
 * Keeps the items of recently read threads in memory, so that the history an app needs for every answer is parsed
 * once and not each time. Only for a store that no other process writes to. Kept items are frozen: `readThreadItems`
 * gives them away as they are, and the same object for as long as the item stays as it is.
 *
 * @param ownerOf Names whose data a context may see; two contexts see the same threads when the names are equal.
 */
export function cachedItems<Context, Wrapped extends DurableStore<Context>>(
  store: Wrapped,
  ownerOf: (context: Context) => string,
): Wrapped {
  const threads = new Map<string, CachedThread>()
  let itemCount = 0
  const keyOf = (threadId: string, context: Context) => JSON.stringify([ownerOf(context), threadId])

  function threadAt(key: string): CachedThread {
    const thread = threads.get(key) ?? { writing: 0, version: 0 }
    threads.delete(key) // and to the end: the least recently used stand first
    threads.set(key, thread)
    return thread
  }

  function keep(thread: CachedThread, items: ThreadItem[] | undefined): void {
    itemCount += (items?.length ?? 0) - (thread.items?.length ?? 0)
    thread.items = items
  }

  /** Writes to the store, then to the kept items. Writes that overlap or fail leave nothing kept: their order is unknown. */
  async function write<Result>(
    [threadId, context]: [string, Context],
    writing: () => Promise<Result>,
    apply: (items: ThreadItem[], result: Result) => ThreadItem[] | undefined,
  ): Promise<Result> {
    const thread = threadAt(keyOf(threadId, context))
    thread.version += 1
    if (thread.writing > 0) keep(thread, undefined)
    thread.writing += 1
    try {
      const result = await writing()
      keep(thread, thread.items && apply(thread.items, result))
      return result
    } catch (thrown) {
      keep(thread, undefined)
      throw thrown
    } finally {
      thread.writing -= 1
      thread.version += 1
      if (!thread.items && thread.writing === 0) forget(thread, keyOf(threadId, context))
    }
  }

  function forget(thread: CachedThread, key: string): void {
    if (threads.get(key) === thread) threads.delete(key)
  }

  async function read(threadId: string, query: PageQuery, context: Context): Promise<Page<ThreadItem>> {
    const key = keyOf(threadId, context)
    const kept = threads.get(key)?.items
    if (kept) return pageOf(kept, query)
    if (query.after !== undefined) return store.loadThreadItems(threadId, query, context)
    const thread = threadAt(key)
    const { version } = thread
    try {
      const page = await store.loadThreadItems(threadId, query, context)
      const isNew = thread.version === version && thread.writing === 0 && threads.get(key) === thread
      if (isNew && !page.has_more) keep(thread, inOrder(page.data, query.order))
      return { ...page, data: page.data.map(freezeJson) }
    } finally {
      if (thread.items) makeRoom()
      else if (thread.writing === 0) forget(thread, key)
    }
  }

  function makeRoom(): void {
    for (const [key, thread] of threads) {
      if (threads.size + itemCount <= MOST_ITEMS) return
      if (thread.writing > 0) continue
      keep(thread, undefined)
      threads.delete(key)
    }
  }

  return {
    ...store,
    loadThread: (id, context) => store.loadThread(id, context),
    saveThread: (thread, context) => store.saveThread(thread, context),
    loadThreads: (query, context) => store.loadThreads(query, context),
    deleteThread: (id, context) =>
      write(
        [id, context],
        () => store.deleteThread(id, context),
        () => undefined,
      ),
    readThreadItems: read,
    async loadThreadItems(threadId, query, context) {
      const page = await read(threadId, query, context)
      return { ...page, data: page.data.map(cloneJson) }
    },
    addThreadItem: (threadId, item, context) =>
      write(
        [threadId, context],
        () => store.addThreadItem(threadId, item, context),
        (items) => withItem(items, item),
      ),
    saveItem: (threadId, item, context) =>
      write(
        [threadId, context],
        () => store.saveItem(threadId, item, context),
        (items) => withItem(items, item),
      ),
    loadItem: (threadId, itemId, context) => store.loadItem(threadId, itemId, context),
    deleteThreadItem: (threadId, itemId, context) =>
      write(
        [threadId, context],
        () => store.deleteThreadItem(threadId, itemId, context),
        (items) => without(items, [itemId]),
      ),
    saveAttachment: (attachment, context) => store.saveAttachment(attachment, context),
    loadAttachment: (id, context) => store.loadAttachment(id, context),
    deleteAttachment: (id, context) => store.deleteAttachment(id, context),

    startRun: (run, writes, context) =>
      write(
        [run.thread_id, context],
        () => store.startRun(run, writes, context),
        (items, { created }) => (created ? withWrites(items, writes) : items),
      ),
    beginRun: (run, writes, context) =>
      write(
        [run.thread_id, context],
        () => store.beginRun(run, writes, context),
        (items, begun) => (begun ? withWrites(items, writes) : items),
      ),
    async claimRun(runId, writes, context) {
      const run = await loadKnownRun(store, runId, context)
      if (!run) return null
      return write(
        [run.thread_id, context],
        () => store.claimRun(runId, writes, context),
        (items, claimed) => (claimed ? withWrites(items, writes) : items),
      )
    },
    savePartials: (partials) => store.savePartials(partials),
    saveRun: (run) => store.saveRun(run),
    endRun: (run, writes, context) =>
      write(
        [run.thread_id, context],
        () => store.endRun(run, writes, context),
        (items, ended) => (ended ? withWrites(items, writes) : items),
      ),
    changeThread: (threadId, writes, context) =>
      write(
        [threadId, context],
        () => store.changeThread(threadId, writes, context),
        (items) => withWrites(items, writes),
      ),
    loadRun: (runId, context) => store.loadRun(runId, context),
    searchThreads: (search, context) => store.searchThreads(search, context),
    loadLatestRun: (threadId, context) => store.loadLatestRun(threadId, context),
    async sweepRuns(now, keepsTraces) {
      for (const thread of threads.values()) keep(thread, undefined)
      threads.clear()
      return store.sweepRuns(now, keepsTraces)
    },
    close: () => store.close(),
  }
}

async function loadKnownRun<Context>(store: DurableStore<Context>, runId: string, context: Context) {
  try {
    return await store.loadRun(runId, context)
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'run_not_found') return null
    throw thrown
  }
}

function withItem(items: ThreadItem[], item: ThreadItem): ThreadItem[] {
  const index = items.findLastIndex(({ id }) => id === item.id)
  const kept = freezeJson(cloneJson(item))
  return index < 0 ? [...items, kept] : items.with(index, kept)
}

const without = (items: ThreadItem[], ids: string[]) => items.filter(({ id }) => !ids.includes(id))

function withWrites(
  items: ThreadItem[],
  { items: added = [], removedItemIds = [], leftItems = [] }: RunWrites,
): ThreadItem[] {
  return added.reduce(withItem, without(items, [...removedItemIds, ...leftItems.map(({ item }) => item.id)]))
}

const inOrder = (items: ThreadItem[], order: Order) => (order === 'asc' ? items : items.toReversed())

function pageOf(items: ThreadItem[], { limit, order, after }: PageQuery): Page<ThreadItem> {
  const ordered = inOrder(items, order)
  const start = after === undefined ? 0 : ordered.findIndex(({ id }) => id === after) + 1
  if (after !== undefined && start === 0)
    throw new ParleyError('invalid_cursor', 'There is no item with the id in `after`.')
  const data = ordered.slice(start, start + limit)
  const last = data.at(-1)
  return last && start + limit < ordered.length ? { data, has_more: true, after: last.id } : { data, has_more: false }
}
