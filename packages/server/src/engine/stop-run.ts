import { ParleyError } from '@parley/protocol'
import type { Call, CancelOptions } from './engine.js'
import type { LiveRun } from './live-run.js'
import type { Parts } from './parts.js'
import { timestamp } from './parts.js'
import type { StopReason } from './stop-switch.js'

/** Stops what runs or waits on the caller's thread; done when its end is stored. */
export async function cancelRun<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  { runId, rollback = false }: CancelOptions = {},
): Promise<{ cancelled: boolean }> {
  await parts.store.loadThread(threadId, context)
  const queued = parts.runs.queuedOn(threadId).filter(({ record }) => record.id === (runId ?? record.id))
  await stopThese(queued, 'cancelled')
  const active = parts.runs.activeOn(threadId)
  if (active && (runId ?? active.record.id) === active.record.id) {
    active.stop.stop(rollback ? 'rolled_back' : 'cancelled')
    await active.ended
    return { cancelled: active.record.status === 'cancelled' }
  }
  if (queued.length > 0) return { cancelled: true }
  const named = runId === undefined ? undefined : await parts.store.loadRun(runId, context)
  if (named && named.thread_id !== threadId)
    throw new ParleyError('run_not_found', 'There is no such run in this thread.')
  const latest = await parts.store.loadLatestRun(threadId, context)
  if (latest?.status !== 'waiting' || (runId ?? latest.id) !== latest.id) return { cancelled: false }
  const ended = { ...latest, status: 'cancelled' as const, ended_at: timestamp(parts) }
  return { cancelled: await parts.store.endRun(ended, {}, context) }
}

/** Stops what runs for callers whose context fits; done when the ends are stored. */
export async function cancelRunsOf<Context>(
  { runs }: Parts<Context>,
  fits: (context: Context) => boolean,
): Promise<void> {
  const fitting = [...runs.queued(), ...runs.active()].filter(({ call }) => fits(call.context))
  await stopThese(fitting, 'cancelled')
}

async function stopThese<Context>(these: LiveRun<Context>[], reason: StopReason): Promise<void> {
  for (const { stop } of these) stop.stop(reason)
  await Promise.all(these.map(({ ended }) => ended))
}

/** Lets running answers end for `graceMs`, then interrupts them; what they wrote is stored when this resolves. */
export async function stopAll<Context>({ runs, clock }: Parts<Context>, graceMs: number): Promise<void> {
  for (const { record, stop } of runs.queued()) if (record.queued !== undefined) stop.stop('interrupted') // for the next server
  const running = runs.active()
  const allEnded = Promise.all(running.map(({ ended }) => ended))
  if (graceMs > 0 && running.length > 0) {
    await new Promise<void>((resolve) => {
      const cancelTimer = clock.after(graceMs, resolve)
      void allEnded.then(cancelTimer).then(resolve)
    })
  }
  await stopThese(running, 'interrupted')
  await stopThese(runs.queued(), 'interrupted')
}
