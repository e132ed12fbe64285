import type { QueuedRun } from '../storage/store.js'
import type { CallKeeper } from './call-keeper.js'
import type { Call } from './engine.js'
import { type Parts, timestamp } from './parts.js'
import { planRetry } from './retry.js'
import type { QueuedStart } from './run-ask.js'
import type { Starter, StartPlan } from './start-run.js'
import { toStreamFailure } from './stream-failure.js'
import { planUserMessage } from './user-message.js'

/** Lets the runs that waited when their server stopped wait on here, in the order they were accepted. */
export async function takeUpRuns<Context>(parts: Parts<Context>, starter: Starter<Context>): Promise<number> {
  const { calls, store } = parts
  const waiting = (calls && (await store.listQueuedRuns?.())) ?? []
  for (const one of waiting) if (calls) await takeUp({ parts, starter, calls }, one)
  return waiting.length
}

interface TakingUp<Context> {
  parts: Parts<Context>
  starter: Starter<Context>
  calls: CallKeeper<Context>
}

/** One that cannot begin any more ends, and what was said stays. */
async function takeUp<Context>({ parts, starter, calls }: TakingUp<Context>, { run, items }: QueuedRun): Promise<void> {
  const { clock, log, store } = parts
  const { ask, options, due_at, call: kept } = run.queued as QueuedStart // written when it was accepted
  const delayMs = due_at === undefined ? 0 : Math.max(0, Date.parse(due_at) - clock.now().getTime())
  try {
    const call = await calls.restore(kept)
    const prepare = () => planAsk(parts, call, run.thread_id, { ask, options })
    await starter.takeUp({ call, threadId: run.thread_id, options: { ...options, delayMs }, ask, prepare }, run, items)
  } catch (thrown) {
    log.warn('A run that waited cannot begin any more.', { runId: run.id, threadId: run.thread_id, cause: thrown })
    const { queued: _, ...record } = run
    const { error } = toStreamFailure(thrown)
    const ended = { ...record, status: 'failed' as const, error, ended_at: timestamp(parts) }
    await store.endRun(ended, { items }, calls.contextOf(kept))
  }
}

/** What its begin will write, as things are now. */
async function planAsk<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  { ask, options: { branching } }: Pick<QueuedStart, 'ask' | 'options'>,
): Promise<StartPlan> {
  if (ask.type === 'message') {
    const { input, options } = ask
    return planUserMessage(parts, call, threadId, { input, options: { ...options, branching } })
  }
  return (await planRetry(parts, { call, threadId, itemId: ask.itemId, options: { branching } })).plan
}
