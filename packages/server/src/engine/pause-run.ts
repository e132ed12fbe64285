import { ParleyError } from '@parley/protocol'
import type { RunRecord } from '../storage/store.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'
import { answersMessage, isPaused } from './waiting-run.js'

/** Stops what is being written on the caller's thread until it is told to go on; done when that is stored. */
export async function pauseRun<Context>(
  { store, runs }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  runId: string,
): Promise<RunRecord> {
  await store.loadThread(threadId, context)
  const active = runs.activeOn(threadId)
  if (active?.record.id === runId) {
    if (!answersMessage(active.record))
      throw new ParleyError('conflict', 'This run answers no message, so that it can be stopped but not paused.')
    active.stop.stop('paused')
    await active.ended
  }
  const latest = await store.loadLatestRun(threadId, context)
  if (latest?.id === runId && isPaused(latest)) return latest
  throw new ParleyError('conflict', `The run "${runId}" is not being written: there is nothing to pause.`)
}
