import type { ErrorEvent, RunEvent, SdkHiddenContextItem, ThreadItem } from '@parley/protocol'
import { cloneJson, sameJson } from '../base/json.js'
import type { RunRecord, RunWrites } from '../storage/store.js'
import { deleteThreadAndFiles } from './attachments.js'
import { checkpointOf } from './checkpoints.js'
import { releaseHeld } from './held-item.js'
import { keptPassages } from './kept-passages.js'
import type { HeldItem, LiveRun } from './live-run.js'
import { type Parts, timestamp } from './parts.js'
import { addUsage } from './run-usage.js'
import type { StopReason } from './stop-switch.js'
import { STOPPED_EARLY } from './stopped-early.js'
import { toStreamFailure } from './stream-failure.js'
import { visibleThread } from './visible.js'

/** How the app's turn ended. */
export type Outcome = { type: 'finished' } | { type: StopReason } | { type: 'failed'; thrown: unknown }

/** A run's last words: what is stored with its end, in one transaction, and what readers see after it. */
interface Ending {
  record: Partial<RunRecord> & { status: EndStatus }
  writes: RunWrites
  events: RunEvent[]
}
type EndStatus = Exclude<RunRecord['status'], 'queued' | 'running'>

type End<Type extends Outcome['type']> = <Context>(
  run: LiveRun<Context>,
  outcome: Extract<Outcome, { type: Type }>,
  parts: Parts<Context>,
) => Ending | Promise<Ending>

/** The note that keeps the model from going on with an answer nobody wanted. People never see it. */
const CANCELLED_NOTE =
  'The person stopped the previous answer before it was complete. Do not continue it unless they ask for it.'

/** Whatever the end, text that somebody has read stays: reloading a page never makes an answer disappear. */
const ENDINGS: { [Type in Outcome['type']]: End<Type> } = {
  finished: finish,
  paused(run) {
    if (run.questions.size > 0) return finish(run) // an answer has it go on
    const { writes, events } = withPartials(run)
    const waiting: RunEvent = { type: 'run.waiting', run_id: run.record.id, reason: 'pause' }
    return { record: { status: 'waiting', ...keptOf(run) }, writes, events: [...events, waiting] }
  },
  failed(run, { thrown }, { log }) {
    const failure = toStreamFailure(thrown)
    const { id, thread_id } = run.record
    if (failure.unexpected)
      log.error('A run failed.', {
        requestId: run.call.trace?.requestId,
        runId: id,
        threadId: thread_id,
        cause: thrown,
      })
    const kept = withPartials(run)
    const ending = withThread(run, { ...kept, events: [...kept.events, failure.event] })
    return { ...ending, record: { status: 'failed', error: failure.error } }
  },
  async cancelled(run, _, parts) {
    const { app, context } = run.call
    if (app.streamCancelled) {
      await app.streamCancelled(run.thread, run.pending.all(), context)
      return { record: { status: 'cancelled' }, writes: {}, events: [] }
    }
    const { writes, events } = withPartials(run)
    const items = [...(writes.items ?? []), cancelledNote(run, parts)]
    return { record: { status: 'cancelled' }, writes: { items }, events }
  },
  interrupted(run) {
    const { writes, events } = withPartials(run)
    return { record: { status: 'interrupted', ...keptOf(run) }, writes, events: [...events, STOPPED_EARLY] }
  },
  rolled_back(run) {
    const removedItemIds = [...run.addedItemIds]
    const visible = removedItemIds.filter((id) => !run.hiddenItemIds.has(id))
    const events = visible.map((item_id): RunEvent => ({ type: 'thread.item.removed', item_id }))
    return { record: { status: 'cancelled' }, writes: { ...run.back, removedItemIds }, events }
  },
}

function finish<Context>(run: LiveRun<Context>): Ending {
  const [waiting_item_id, reason] = [...run.questions].at(-1) ?? []
  const ending = withThread(run, withPartials(run))
  if (!reason) return { ...ending, record: run.failure ? failed(run.failure) : { status: 'completed' } }
  const { checkpoint_attempt: _, ...kept } = checkpointOf(run)
  const waiting: RunEvent = { type: 'run.waiting', run_id: run.record.id, item_id: waiting_item_id, reason }
  return { ...ending, record: { status: 'waiting', waiting_item_id, ...kept }, events: [...ending.events, waiting] }
}

/** An app that tells what has gone wrong, and ends, has failed as one that throws. */
const failed = ({ code, message }: ErrorEvent): Ending['record'] => ({
  status: 'failed',
  error: { code, ...(message != null && { message }) },
})

/** Stores the end of a run, then tells it. Readers always get a last `run.ended`, even when nothing can be stored. */
export async function endRun<Context>(run: LiveRun<Context>, outcome: Outcome, parts: Parts<Context>): Promise<void> {
  await parts.partials.forget(run)
  const ending = await storeEnding(run, outcome, parts).catch((cause: unknown): Ending => {
    parts.log.error('The end of a run could not be stored.', { runId: run.record.id, cause })
    run.record = { ...run.record, status: 'failed' }
    return { record: { status: 'failed' }, writes: {}, events: [toStreamFailure(cause).event] }
  })
  if (run.passing) await removePassing(run, parts)
  run.pending.clear()
  for (const event of ending.events) run.log.append(event)
  const { status, error } = ending.record
  run.log.append({
    type: 'run.ended',
    run_id: run.record.id,
    status,
    ...(error && { error: { code: error.code } }),
  })
}

/** Before its readers hear of the end: what they look for then is gone. */
async function removePassing<Context>({ record, call }: LiveRun<Context>, parts: Parts<Context>): Promise<void> {
  try {
    await deleteThreadAndFiles(parts, call.context, record.thread_id)
  } catch (cause) {
    parts.log.error('A thread that was made for one run could not be removed.', { threadId: record.thread_id, cause })
  }
}

async function storeEnding<Context>(run: LiveRun<Context>, outcome: Outcome, parts: Parts<Context>): Promise<Ending> {
  const end = ENDINGS[outcome.type] as End<Outcome['type']> // the key picks its own function
  const held = releaseHeld(run)
  const ending = behindHeld(held, await end(run, outcome as never, parts))
  const usage = addUsage(run.record.usage, run.usage)
  const steps = run.steps.all()
  const passages = keptPassages([...(run.record.passages ?? []), ...run.passages])
  // what was kept is of use while the run waits or was cut off, and not beyond
  const { checkpoint: _, checkpoint_attempt: __, checkpoint_item_ids: ___, ...before } = run.record
  const record: RunRecord = {
    ...before,
    ...ending.record,
    last_sequence: run.log.lastSequence + ending.events.length + 1,
    ...(usage && { usage }),
    ...(steps && { steps }),
    ...(passages.length > 0 && { passages }),
    ...(ending.record.status !== 'waiting' && { ended_at: timestamp(parts) }),
  }
  const trace = run.recorded?.finish({
    failure: record.error?.code,
    isStopped: record.status === 'cancelled' || record.status === 'interrupted',
    firstTextMs: run.firstTextMs,
  })
  const writes = trace ? { ...ending.writes, trace } : ending.writes
  const stored = await parts.store.endRun(record, writes, run.call.context)
  run.record = stored ? record : { ...record, status: 'interrupted' }
  if (stored) return ending
  parts.log.warn('A run was taken over elsewhere while it was still running here.', { runId: record.id })
  return { record: { status: 'interrupted' }, writes: {}, events: [] }
}

/** The answer a run ends with is its first last word. */
function behindHeld(held: HeldItem | undefined, { record, writes, events }: Ending): Ending {
  if (!held) return { record, writes, events }
  const items = [held.item, ...(writes.items ?? [])]
  return { record, writes: { ...writes, items }, events: [...held.told, ...events] }
}

/** What an app has kept to go on with, in this attempt or before it. */
function keptOf<Context>(run: LiveRun<Context>) {
  const { checkpoint, checkpoint_attempt, checkpoint_item_ids } = { ...run.record, ...checkpointOf(run) }
  return checkpoint === undefined ? {} : { checkpoint, checkpoint_attempt, checkpoint_item_ids }
}

function withPartials<Context>(run: LiveRun<Context>): Pick<Ending, 'writes' | 'events'> {
  const items: ThreadItem[] = run.pending.partialAnswers()
  const events = items.map((item): RunEvent => ({ type: 'thread.item.done', item }))
  return { writes: items.length > 0 ? { items } : {}, events }
}

function withThread<Context>(
  run: LiveRun<Context>,
  ending: Pick<Ending, 'writes' | 'events'>,
): Pick<Ending, 'writes' | 'events'> {
  if (sameJson(run.thread, run.savedThread)) return ending
  const thread = cloneJson(run.thread)
  const updated: RunEvent = { type: 'thread.updated', thread: visibleThread(thread) }
  return { writes: { ...ending.writes, thread }, events: [...ending.events, updated] }
}

function cancelledNote<Context>(run: LiveRun<Context>, parts: Parts<Context>): SdkHiddenContextItem {
  const { thread, call } = run
  return {
    type: 'sdk_hidden_context',
    id: parts.ids('sdk_hidden_context', { context: call.context, thread }),
    thread_id: run.record.thread_id,
    created_at: timestamp(parts),
    content: CANCELLED_NOTE,
  }
}
