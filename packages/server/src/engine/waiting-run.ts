import type { RunRecord } from '../storage/store.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

/** The run that waits for the answer to this item, to be claimed by it. None: the person went on, a new run answers. */
export async function waitingRun<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  itemId: string,
): Promise<{ claims?: RunRecord }> {
  const latest = await store.loadLatestRun(threadId, context)
  return latest?.status === 'waiting' && latest.waiting_item_id === itemId ? { claims: latest } : {}
}
