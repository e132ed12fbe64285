import type { Call } from './engine.js'
import type { Parts } from './parts.js'
import { timestamp } from './parts.js'

/** Stops what runs or waits on the caller's thread; done when its end is stored. */
export async function cancelRun<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<{ cancelled: boolean }> {
  await parts.store.loadThread(threadId, context)
  const active = parts.runs.activeOn(threadId)
  if (active) {
    active.stop.stop('cancelled')
    await active.ended
    return { cancelled: active.record.status === 'cancelled' }
  }
  const latest = await parts.store.loadLatestRun(threadId, context)
  if (latest?.status !== 'waiting') return { cancelled: false }
  const ended = { ...latest, status: 'cancelled' as const, ended_at: timestamp(parts) }
  return { cancelled: await parts.store.endRun(ended, {}, context) }
}

/** Stops what runs for callers whose context fits; done when the ends are stored. */
export async function cancelRunsOf<Context>(
  { runs }: Parts<Context>,
  fits: (context: Context) => boolean,
): Promise<void> {
  const fitting = runs.active().filter(({ call }) => fits(call.context))
  for (const { stop } of fitting) stop.stop('cancelled')
  await Promise.all(fitting.map(({ ended }) => ended))
}

/** Lets running answers end for `graceMs`, then interrupts them; what they wrote is stored when this resolves. */
export async function stopAll<Context>({ runs, clock }: Parts<Context>, graceMs: number): Promise<void> {
  const running = runs.active()
  const allEnded = Promise.all(running.map(({ ended }) => ended))
  if (graceMs > 0 && running.length > 0) {
    await new Promise<void>((resolve) => {
      const cancelTimer = clock.after(graceMs, resolve)
      void allEnded.then(cancelTimer).then(resolve)
    })
  }
  for (const run of running) run.stop.stop('interrupted')
  await allEnded
}
