import { type Page, ParleyError, type ThreadItem } from '@parley/protocol'
import type { NotedThread, RunRecord } from '../storage/store.js'
import { loadLeft, loadLine, planTurn, withTurn } from './branches.js'
import type { Call, HistoryChange, ListQuery, NewThread, NoteChange } from './engine.js'
import { historyItem } from './history-item.js'
import { withMark, withNotes } from './notes.js'
import { type Parts, timestamp } from './parts.js'
import { toPageQuery } from './threads.js'
import { isVisible } from './visible.js'

/** A thread without a message. The id of one that is there already brings that one, as it is. */
export async function createThread<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  { id, title, ...notes }: NewThread,
): Promise<{ thread: NotedThread; created: boolean }> {
  const known = id === undefined ? undefined : await findThread(parts, context, id)
  if (known) return { thread: known, created: false }
  const created_at = timestamp(parts)
  const bare = {
    id: id ?? parts.ids('thread', { context }),
    ...(title !== undefined && { title }),
    created_at,
    status: { type: 'active' as const },
    metadata: {},
  }
  const thread = withNotes(bare, notes, created_at)
  await parts.store.saveThread(thread, context)
  return { thread, created: true }
}

/** The thread with what its callers keep on it, and its latest run. */
export async function readThread<Context>(
  { store, runs }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<{ thread: NotedThread; run?: RunRecord }> {
  const thread = await store.loadThread(threadId, context)
  const run = runs.activeOn(threadId)?.record ?? (await store.loadLatestRun(threadId, context))
  return { thread, ...(run && { run }) }
}

/** A run that is going on keeps the change: it stores the thread as it knows it. */
export async function noteOnThread<Context>(
  parts: Parts<Context>,
  { context }: Pick<Call<Context>, 'context'>,
  threadId: string,
  change: NoteChange,
): Promise<NotedThread> {
  const thread = withNotes(await parts.store.loadThread(threadId, context), change, timestamp(parts))
  await parts.store.saveThread(thread, context)
  const running = parts.runs.activeOn(threadId)
  if (running) {
    Object.assign(running.thread, { notes: thread.notes })
    running.savedThread = { ...running.savedThread, notes: thread.notes } as NotedThread
  }
  return thread
}

export async function changeHistory<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  { messages = [], removedIds = [], state, behind, mark }: HistoryChange,
): Promise<void> {
  const { store, runs } = parts
  const isOfItems = messages.length > 0 || removedIds.length > 0 || behind !== undefined
  if (!isOfItems && !mark) {
    await noteOnThread(parts, { context }, threadId, { state })
    return runs.announceChange(threadId)
  }
  const thread = await store.loadThread(threadId, context)
  if (runs.activeOn(threadId))
    throw new ParleyError('thread_busy', 'An answer is being written in this thread. Wait for its end, then try again.')
  const turn = behind === undefined ? undefined : await planTurn(parts, context, { threadId, behind })
  const items = messages.map((message) => historyItem(parts, { context, thread }, message))
  const last = items.at(-1)?.id ?? (behind === undefined ? await newestIn(parts, context, threadId) : behind)
  const changed = state ? withNotes(thread, { state }, timestamp(parts)) : thread
  const marked = mark && last != null ? withMark(changed, last, mark) : changed
  const noted = marked === thread ? undefined : marked
  const writes = { items, removedItemIds: removedIds, ...(noted && { thread: noted }) }
  await store.changeThread(threadId, turn ? withTurn(writes, turn) : writes, context)
  runs.announceChange(threadId)
}

async function newestIn<Context>({ store }: Parts<Context>, context: Context, threadId: string) {
  const { data } = await store.loadThreadItems(threadId, { limit: 20, order: 'desc' }, context)
  return data.find(isVisible)?.id
}

/**
 * The same conversation once more, hidden items and branches included; up to an item if one is named, then without the
 * branches. Files stay with the messages that brought them.
 */
export async function copyThread<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  { before }: { before?: string | undefined } = {},
): Promise<NotedThread> {
  const { store } = parts
  const original = await store.loadThread(threadId, context)
  const copy: NotedThread = {
    ...original,
    id: parts.ids('thread', { context }),
    created_at: timestamp(parts),
  }
  const copied = (item: ThreadItem): ThreadItem => ({ ...item, thread_id: copy.id })
  const line = await loadLine(parts, context, threadId)
  const items = (before === undefined ? line : itemsBefore(line, before)).map(copied)
  const left = before === undefined ? await loadLeft(parts, context, threadId) : []
  const leftItems = left.map(({ item, follows }) => ({ item: copied(item), follows }))
  await store.changeThread(copy.id, { thread: copy, items, leftItems }, context)
  return copy
}

function itemsBefore(line: ThreadItem[], id: string): ThreadItem[] {
  const place = line.findIndex((item) => item.id === id)
  if (place < 0) throw new ParleyError('item_not_found', `There is no item "${id}" in this thread.`)
  return line.slice(0, place)
}

export async function listRuns<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  page: ListQuery,
): Promise<Page<RunRecord>> {
  await store.loadThread(threadId, context)
  return store.loadRuns(threadId, toPageQuery(page), context)
}

export async function readRun<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  runId: string,
): Promise<RunRecord> {
  const record = await findRun(parts, call, runId)
  if (record.thread_id === threadId) return record
  throw new ParleyError('run_not_found', 'There is no such run in this thread.')
}

export async function findRun<Context>(
  { store, runs }: Parts<Context>,
  { context }: Call<Context>,
  runId: string,
): Promise<RunRecord> {
  const record = await store.loadRun(runId, context)
  const isInProgress = record.status === 'running' || record.status === 'queued'
  return (isInProgress && runs.find(runId)?.record) || record // what waits may have ended since without its log
}

/** Forgets a run that is over; what it wrote stays. */
export async function deleteRun<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  runId: string,
): Promise<void> {
  await readRun(parts, call, threadId, runId)
  if (parts.runs.activeOn(threadId)?.record.id === runId)
    throw new ParleyError('conflict', 'This run is going on. Cancel it first.')
  await parts.store.deleteRun(runId, call.context)
}

async function findThread<Context>(
  { store }: Parts<Context>,
  context: Context,
  threadId: string,
): Promise<NotedThread | undefined> {
  try {
    return await store.loadThread(threadId, context)
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'thread_not_found') return undefined
    throw thrown
  }
}
