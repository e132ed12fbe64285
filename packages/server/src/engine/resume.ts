import { ParleyError, type RunEvent, type ThreadItem, type UserMessageItem } from '@parley/protocol'
import type { RunRecord } from '../storage/store.js'
import type { Call, LogEntry, RunStream } from './engine.js'
import type { Parts } from './parts.js'
import { headOf, readEntries, readLiveRun, startingWith } from './run-stream.js'
import { isVisible, visibleThread } from './visible.js'

const PAGE = 100

export async function resumeRun<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  from: { runId?: string; after?: number },
): Promise<RunStream> {
  await parts.store.loadThread(threadId, call.context)
  const live = from.runId === undefined ? parts.runs.activeOn(threadId) : parts.runs.find(from.runId)
  const record = live?.record ?? (await loadRun(parts, call, threadId, from.runId))
  if (record.thread_id !== threadId) throw runNotFound()
  return followRun(parts, call, record, from.after ?? 0)
}

/** A run of this process, whatever became of its thread. */
export function followLive<Context>(
  { runs }: Parts<Context>,
  runId: string,
  after: number,
  fits: (context: Context) => boolean,
): RunStream {
  const live = runs.find(runId)
  const stream = live && fits(live.call.context) && readLiveRun(live, Math.max(after, live.log.firstSequence - 1))
  if (!stream) throw new ParleyError('run_not_found', 'There is no such run, or it was over a while ago.')
  return stream
}

/** Reads a run from behind event `after`: from its log, and once the log is gone from what is stored. */
export async function followRun<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  record: RunRecord,
  after: number,
): Promise<RunStream> {
  const live = parts.runs.find(record.id)
  const stream = live && readLiveRun(live, after)
  if (stream) return stream
  const { status } = live?.record ?? record
  if (status === 'queued' || status === 'running') {
    const rest = live && readLiveRun(live, live.log.firstSequence - 1)
    if (rest) return startingWith(await storedItems(parts, call, record, after), rest)
    throw new ParleyError('unavailable', 'This answer is being written elsewhere and cannot be followed from here.')
  }
  // A crash ends a run without a count of its events: whatever its reader saw, the end is news.
  const seenTheEnd = status !== 'interrupted' && after >= record.last_sequence
  const entries = seenTheEnd ? [] : await storedEntries(parts, call, { ...record, status }, after)
  return readEntries(headOf(record), entries)
}

async function loadRun<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  runId: string | undefined,
): Promise<RunRecord> {
  const record =
    runId === undefined ? await store.loadLatestRun(threadId, context) : await store.loadRun(runId, context)
  if (!record) throw runNotFound()
  return record
}

const runNotFound = () => new ParleyError('run_not_found', 'There is no such run in this thread.')

/** What is stored of an ended run, as events: its visible items and its end. */
async function storedEntries<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  run: RunRecord & { status: Extract<RunEvent, { type: 'run.ended' }>['status'] },
  after: number,
): Promise<LogEntry[]> {
  return [
    ...(await storedItems(parts, call, run, after)),
    {
      sequence: Math.max(after + 1, run.last_sequence),
      event: {
        type: 'run.ended',
        run_id: run.id,
        status: run.status,
        ...(run.error && { error: { code: run.error.code } }),
      },
    },
  ]
}

/**
 * The visible items of a run, as events. They all carry the reader's own position, so that a reader that loses the line
 * in between gets them once more.
 */
async function storedItems<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  run: RunRecord,
  after: number,
): Promise<LogEntry[]> {
  const events: RunEvent[] = after === 0 ? await openingEvents(parts, call, run) : []
  for (const item of await loadAnswers(parts, call, run)) {
    if (isVisible(item)) events.push({ type: 'thread.item.done', item })
  }
  return events.map((event) => ({ sequence: after, event }))
}

/** What a client that never heard of its request's success has to learn first. */
async function openingEvents<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  run: RunRecord,
): Promise<RunEvent[]> {
  const events: RunEvent[] = [{ type: 'run.started', run_id: run.id, thread_id: run.thread_id, attempt: run.attempt }]
  if (run.trigger.type !== 'user_message' || run.trigger.item_id === undefined) return events
  const oldest = await store.loadThreadItems(run.thread_id, { limit: 1, order: 'asc' }, context)
  if (oldest.data[0]?.id === run.trigger.item_id) {
    events.push({ type: 'thread.created', thread: visibleThread(await store.loadThread(run.thread_id, context)) })
  }
  const message = await loadUserMessage({ store }, { context }, run.thread_id, run.trigger.item_id)
  return message ? [...events, { type: 'thread.item.done', item: message }] : events
}

async function loadUserMessage<Context>(
  { store }: Pick<Parts<Context>, 'store'>,
  { context }: Pick<Call<Context>, 'context'>,
  threadId: string,
  itemId: string,
): Promise<UserMessageItem | undefined> {
  try {
    const item = await store.loadItem(threadId, itemId, context)
    return item.type === 'user_message' ? item : undefined
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'item_not_found') return undefined // removed since
    throw thrown
  }
}

/** The items a run has added: those behind its trigger, and before the next message of the person, oldest first. */
async function loadAnswers<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  run: RunRecord,
): Promise<ThreadItem[]> {
  const startedAt = Date.parse(run.created_at)
  let answers: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await store.loadThreadItems(run.thread_id, { limit: PAGE, order: 'desc', after }, context)
    for (const item of page.data) {
      if (item.id === run.trigger.item_id || Date.parse(item.created_at) < startedAt) return answers.reverse()
      if (item.type === 'user_message')
        answers = [] // what is newer belongs to a later message
      else answers.push(item)
    }
    after = page.after
  } while (after !== undefined)
  return answers.reverse()
}
