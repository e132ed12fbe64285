import type { ThreadItem } from '@parley/protocol'
import type { ThreadWithRun } from '../../../engine/caller-threads.js'
import type { NotedThread, RunRecord } from '../../../engine/engine.js'
import { expiryOf, notesOf } from '../../../engine/notes.js'
import { START } from '../../../engine/thread-places.js'
import { NO_APP, type OwnedThread } from '../../../engine/user-threads.js'
import { encodeRunControl } from '../chat/encode-run-control.js'
import { encodeInterrupt } from './encode-interrupt.js'
import { encodeMessages } from './encode-message.js'
import type { Checkpoint, Interrupt, ThreadState, ThreadValues, WireThread } from './schema.js'

/** The one node an app's graph has here. */
export const NODE = 'agent'

/** A thread to be shown. `items`: those the state is shown from; absent: it is left out. */
export interface ThreadParts extends ThreadWithRun {
  items?: ThreadItem[] | undefined
}

export function encodeThread({ thread, owner, run, items }: ThreadParts): WireThread {
  const interrupts = interruptsOf(items ?? [], run)
  const updated_at = latestOf(thread.created_at, notesOf(thread).updated_at, run?.created_at, run?.ended_at)
  return {
    thread_id: thread.id,
    created_at: thread.created_at,
    updated_at,
    state_updated_at: updated_at,
    created_by: { id: owner.userId },
    updated_by: { id: owner.userId },
    metadata: encodeMetadata({ thread, owner }),
    status: statusOf(run),
    runControl: encodeRunControl(run),
    config: {},
    values: items && items.length > 0 ? encodeValues(thread, items) : {},
    interrupts: run && interrupts.length > 0 ? { [run.id]: interrupts } : {},
    error: problemOf(run),
    ...encodeTtl(thread, updated_at),
  }
}

function encodeTtl(thread: NotedThread, updatedAt: string): Pick<WireThread, 'ttl'> {
  const { ttl_minutes } = notesOf(thread)
  const expires_at = expiryOf(thread, updatedAt)
  return ttl_minutes === undefined || expires_at === null
    ? {}
    : { ttl: { strategy: 'delete', ttl_minutes, expires_at } }
}

/** The caller's own words, and what the clients look for: the conversation's id, and the assistant it is with. */
export function encodeMetadata({ thread, owner: { appId } }: OwnedThread): Record<string, unknown> {
  return {
    ...notesOf(thread).metadata,
    id: thread.id,
    ...(thread.title !== undefined && { title: thread.title }),
    ...(appId !== NO_APP && { graph_id: appId, assistant_id: appId }),
  }
}

/** A state: the messages, and what callers keep beside them. */
export const encodeValues = (thread: NotedThread, items: readonly ThreadItem[]): ThreadValues => ({
  ...notesOf(thread).state,
  messages: items.flatMap(encodeMessages),
})

/** The question a waiting run has asked. */
export function interruptsOf(items: readonly ThreadItem[], run: RunRecord | undefined): Interrupt[] {
  if (run?.status !== 'waiting') return []
  return items.filter(({ id }) => id === run.waiting_item_id).flatMap((item) => encodeInterrupt(item) ?? [])
}

const STATUSES: Record<RunRecord['status'], WireThread['status']> = {
  queued: 'busy',
  running: 'busy',
  waiting: 'interrupted',
  completed: 'idle',
  failed: 'error',
  cancelled: 'idle',
  interrupted: 'error',
}

export function statusOf(run: RunRecord | undefined): WireThread['status'] {
  if (encodeRunControl(run)) return 'paused'
  return run ? STATUSES[run.status] : 'idle'
}

/**
 * The state behind the last of `items`: each item that is shown is a checkpoint, named after it. `run` is given for the
 * newest state alone.
 */
export function encodeState({ thread, owner, run, items = [] }: ThreadParts, isPast = false): ThreadState {
  const interrupts = interruptsOf(items, run)
  const last = items.at(-1)
  const next = isNext(thread, last, run)
  const isUntouched = !isPast && !last && run === undefined && Object.keys(notesOf(thread).state ?? {}).length === 0
  return {
    values: isUntouched ? {} : encodeValues(thread, items),
    next: next ? [NODE] : [],
    tasks: next ? [encodeTask(run?.id ?? last?.id ?? START, { interrupts, problem: problemOf(run) })] : [],
    interrupts,
    metadata: {
      ...encodeMetadata({ thread, owner }),
      ...(run && { run_id: run.id }),
      step: items.length,
      ...encodeSource(thread, last),
      parents: {},
    },
    created_at: last?.created_at ?? thread.created_at,
    checkpoint: isUntouched ? null : checkpointOf(thread.id, last?.id ?? START),
    parent_checkpoint: last ? checkpointOf(thread.id, items.at(-2)?.id ?? START) : null,
  }
}

/** Whether the app has its turn next: it is not over yet, or the last message is still to be answered. */
function isNext(thread: NotedThread, last: ThreadItem | undefined, run: RunRecord | undefined): boolean {
  if (run?.status === 'waiting' || run?.status === 'running') return true
  const isAnswered = run?.status === 'completed' && run.trigger.item_id === last?.id // by silence
  return last?.type === 'user_message' && !isAnswered && !markOf(thread, last)?.answered
}

const markOf = (thread: NotedThread, { id }: ThreadItem) => notesOf(thread).marks?.[id]

/** Where a state comes from, and what was written last, by the node that wrote it. */
function encodeSource(thread: NotedThread, last: ThreadItem | undefined): Record<string, unknown> {
  if (!last) return { source: 'input', writes: null }
  const mark = markOf(thread, last)
  const node = mark?.as ?? (last.type === 'user_message' ? '__start__' : NODE)
  return { source: mark ? 'update' : 'loop', writes: { [node]: { messages: encodeMessages(last) } } }
}

/** What went wrong with a run, as its stream says it. */
export function problemOf(run: RunRecord | undefined): { error: string; message: string } | undefined {
  if (run?.status !== 'failed' && run?.status !== 'interrupted') return undefined
  return { error: run.error?.code ?? run.status, message: run.error?.message ?? FAILURE }
}

/** Where an app says nothing of its failure. */
export const FAILURE = 'The app failed while it was answering.'

/** Clients read an error as JSON, and show what is none as it is. */
const encodeTask = (
  id: string,
  { interrupts, problem }: { interrupts: Interrupt[]; problem: ReturnType<typeof problemOf> },
): ThreadState['tasks'][number] => ({
  id,
  name: NODE,
  path: [],
  error: problem ? JSON.stringify(problem) : null,
  interrupts,
  checkpoint: null,
  state: null,
  result: null,
})

const checkpointOf = (thread_id: string, checkpoint_id: string): Checkpoint => ({
  thread_id,
  checkpoint_ns: '',
  checkpoint_id,
  checkpoint_map: null,
})

const latestOf = (...times: (string | undefined)[]) =>
  times
    .filter((time) => time !== undefined)
    .toSorted()
    .at(-1) ?? ''
