import type { Page, RunInfo, Thread, ThreadItem } from '@parley/protocol'
import type { PageQuery } from '../storage/store.js'
import { presentItems } from './attachments.js'
import type { Call, ListQuery } from './engine.js'
import type { Parts } from './parts.js'
import { isVisible, visibleThread } from './visible.js'

const DEFAULT_LIMIT = 20
const LARGEST_LIMIT = 100

export async function getThread<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<{ thread: Thread; run?: RunInfo }> {
  const thread = await parts.store.loadThread(threadId, context)
  const items = await loadVisibleItems(parts, context, threadId, { limit: DEFAULT_LIMIT, order: 'asc' })
  const run = parts.runs.activeOn(threadId)?.record ?? (await parts.store.loadLatestRun(threadId, context))
  return { thread: visibleThread(thread, items), ...(run && { run: { id: run.id, status: run.status } }) }
}

export async function listThreads<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  query: ListQuery,
): Promise<Page<Thread>> {
  const page = await store.loadThreads(toPageQuery(query), context)
  return { ...page, data: page.data.map((thread) => visibleThread(thread)) }
}

export async function updateThread<Context>(
  { store, runs }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  { title }: { title: string },
): Promise<Thread> {
  const thread = { ...(await store.loadThread(threadId, context)), title }
  await store.saveThread(thread, context)
  const running = runs.activeOn(threadId)
  if (running) {
    running.thread.title = title // or the run's next change of the thread would bring the old title back
    running.savedThread = { ...running.savedThread, title }
  }
  return visibleThread(thread)
}

/** Checks that the thread is the caller's; then its items. */
export async function listItems<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  query: ListQuery,
): Promise<Page<ThreadItem>> {
  await parts.store.loadThread(threadId, context)
  return loadVisibleItems(parts, context, threadId, toPageQuery(query))
}

/** At most a hundred rows, twenty unless asked for. */
export function toPageQuery({ limit, order = 'desc', after }: ListQuery): PageQuery {
  const wanted = limit && limit > 0 ? Math.min(limit, LARGEST_LIMIT) : DEFAULT_LIMIT
  return { limit: wanted, order, ...(after && { after }) }
}

/** A full page as long as there are more: one row too many is read, and again for each hidden one. */
async function loadVisibleItems<Context>(
  parts: Parts<Context>,
  context: Context,
  threadId: string,
  { limit, order, after }: PageQuery,
): Promise<Page<ThreadItem>> {
  const visible: ThreadItem[] = []
  let cursor = after
  do {
    const missing = limit + 1 - visible.length
    const page = await parts.store.loadThreadItems(
      threadId,
      { limit: missing, order, ...(cursor && { after: cursor }) },
      context,
    )
    visible.push(...page.data.filter(isVisible))
    cursor = page.has_more ? page.after : undefined
  } while (visible.length <= limit && cursor !== undefined)
  const data = visible.slice(0, limit)
  const last = data.at(-1)
  const page = visible.length > limit && last ? { data, has_more: true, after: last.id } : { data, has_more: false }
  return presentItems(parts, context, page)
}
