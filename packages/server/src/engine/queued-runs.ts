import type { RunEvent, ThreadItem } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { RunRecord } from '../storage/store.js'
import { deleteThreadAndFiles } from './attachments.js'
import type { StartOptions } from './engine.js'
import type { LiveRun } from './live-run.js'
import { type Parts, timestamp } from './parts.js'
import { STOPPED_EARLY } from './stopped-early.js'
import { toStreamFailure } from './stream-failure.js'

/** A run that was accepted and has not begun. */
export interface QueuedRun<Context> {
  run: LiveRun<Context>
  options: StartOptions
  /** What it will add to the thread when it begins: a server that stops before then keeps it. */
  items: ThreadItem[]
  /** Begins it when the thread is free. It is over before then when somebody stops it. */
  begin(): Promise<void>
}

/** Lets an accepted run wait for its time, then for its turn. Never rejects. */
export async function waitAndBegin<Context>(queued: QueuedRun<Context>, parts: Parts<Context>): Promise<void> {
  const { run, options, items, begin } = queued
  const stopped = new Promise<void>((resolve) => {
    run.stop.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  // Nobody waits for the turn of a run that will not begin.
  void stopped.then(() => endUnbegun(run, { type: run.stop.reason ?? 'cancelled', items }, parts))
  try {
    if (options.delayMs) await delay(options.delayMs, { clock: parts.clock, stopped })
    if (isQueued(run)) await begin()
  } catch (thrown) {
    await endUnbegun(run, { type: 'failed', thrown }, parts)
  }
}

export const isQueued = ({ record }: Pick<LiveRun<unknown>, 'record'>): boolean => record.status === 'queued'

/** Over early when the run is stopped. */
async function delay(ms: number, { clock, stopped }: { clock: Clock; stopped: Promise<void> }): Promise<void> {
  let callOff: () => void = () => undefined
  const passed = new Promise<void>((resolve) => {
    callOff = clock.after(ms, resolve)
  })
  await Promise.race([passed, stopped])
  callOff()
}

type Unbegun =
  | { type: 'failed'; thrown: unknown }
  | { type: NonNullable<LiveRun<unknown>['stop']['reason']>; items: ThreadItem[] }

/** The end of a run that never began. What was said is kept when it is the server that goes. */
async function endUnbegun<Context>(run: LiveRun<Context>, outcome: Unbegun, parts: Parts<Context>): Promise<void> {
  if (!isQueued(run)) return
  if (outcome.type === 'interrupted' && run.record.queued !== undefined) return letGo(run, parts)
  const failure = outcome.type === 'failed' ? toStreamFailure(outcome.thrown) : undefined
  const isInterrupted = outcome.type === 'interrupted'
  const status = failure ? 'failed' : isInterrupted ? 'interrupted' : 'cancelled'
  const { queued: _, ...record } = run.record
  run.record = {
    ...record,
    status,
    last_sequence: failure || isInterrupted ? 2 : 1,
    ended_at: timestamp(parts),
    ...(failure && { error: failure.error }),
  } satisfies RunRecord
  const { id, thread_id } = run.record
  const { context } = run.call
  if (outcome.type === 'failed' && failure?.unexpected)
    parts.log.error('A run could not begin.', { runId: id, threadId: thread_id, cause: outcome.thrown })
  try {
    await parts.store.endRun(run.record, outcome.type === 'interrupted' ? { items: outcome.items } : {}, context)
    if (run.passing) await deleteThreadAndFiles(parts, context, thread_id)
  } catch (cause) {
    parts.log.error('The end of a run that never began could not be stored.', { runId: id, cause })
  }
  const events: RunEvent[] = failure ? [failure.event] : isInterrupted ? [STOPPED_EARLY] : []
  for (const event of events) run.log.append(event)
  run.log.append({ type: 'run.ended', run_id: id, status, ...(failure && { error: { code: failure.error.code } }) })
  run.log.close()
  parts.runs.end(run)
  run.markEnded()
  if (run.record.webhook && parts.tellEnds) parts.afterwards.add(parts.tellEnds, { runId: id, threadId: thread_id })
}

/** The server goes, and the run stays: whoever reads it is told to come back. */
function letGo<Context>(run: LiveRun<Context>, { runs }: Parts<Context>): void {
  const message = 'The server is restarting. This run begins in its turn: read it again then.'
  run.record = { ...run.record, status: 'interrupted' } // here alone
  run.log.append({ type: 'error', code: 'custom', message, allow_retry: true })
  runs.discard(run)
}
