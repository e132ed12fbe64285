import { ParleyError } from '@parley/protocol'
import type { RunTrigger } from '../runnable/runnable.js'
import type { RunRecord } from '../storage/store.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'
import type { StartPlan } from './start-run.js'

/** Whether the run waits for nobody's answer, but to be told to go on. */
export const isPaused = ({ status, waiting_item_id }: RunRecord): boolean =>
  status === 'waiting' && waiting_item_id === undefined

/** The app gets its turn: it is told what set the run off as if that were now. */
export async function planGoOn<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<StartPlan> {
  const thread = await store.loadThread(threadId, context)
  const latest = await store.loadLatestRun(threadId, context)
  if (!latest || !isPaused(latest)) throw nothingPaused()
  const { type, item_id = '' } = latest.trigger
  const item = await store.loadItem(threadId, item_id, context)
  if (item.type !== 'user_message' || (type !== 'user_message' && type !== 'retry')) throw nothingPaused()
  const trigger: RunTrigger = { type, item }
  return { thread, trigger, writes: {}, opening: { events: [] }, claims: latest }
}

const nothingPaused = () =>
  new ParleyError('conflict', 'No run of this thread is paused: there is nothing to go on with.')
