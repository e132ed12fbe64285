import type { RunRecord } from '../storage/store.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

/** Whether the run waits for nobody's answer, but to be told to go on. */
export const isPaused = ({ status, waiting_item_id }: Pick<RunRecord, 'status' | 'waiting_item_id'>): boolean =>
  status === 'waiting' && waiting_item_id === undefined

/** Whether the run can be paused: it goes on as if its message were answered again. */
export const answersMessage = ({ trigger: { type } }: Pick<RunRecord, 'trigger'>): boolean =>
  type === 'user_message' || type === 'retry'

/** Finds the run that waits for the answer to an item. */
export type FindWaiting = (itemId: string) => { claims?: RunRecord }

/**
 * Reads which run waits on the thread. To be called before the item is read: an answer given elsewhere in between is
 * then seen either by the item, which is pending no more, or by the store, which lets only one claim the run.
 * When nothing waits for the item, the person went on, and a new run takes the answer.
 */
export async function loadWaiting<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<FindWaiting> {
  const latest = await store.loadLatestRun(threadId, context)
  return (itemId) => (latest?.status === 'waiting' && latest.waiting_item_id === itemId ? { claims: latest } : {})
}
