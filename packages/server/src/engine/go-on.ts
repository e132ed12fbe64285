import { ParleyError, type ThreadItem } from '@parley/protocol'
import { deleteFilesOfRemoved } from './attachments.js'
import type { Call, RunStream, StartOptions } from './engine.js'
import type { Parts } from './parts.js'
import { loadNewer, whereItStopped } from './retry.js'
import type { Starter, StartPlan } from './start-run.js'
import { isPaused } from './waiting-run.js'

/** The thread's paused run has its turn again. */
export async function goOn<Context>(
  { parts, starter }: { parts: Parts<Context>; starter: Starter<Context> },
  call: Call<Context>,
  threadId: string,
  options: StartOptions,
): Promise<RunStream> {
  let removed: ThreadItem[] = []
  const stream = await starter.startOn({
    call,
    threadId,
    options,
    async prepare() {
      const going = await planGoOn(parts, call, threadId)
      removed = going.removed
      return going.plan
    },
  })
  await deleteFilesOfRemoved(parts, call.context, { threadId, removed })
  return stream
}

/**
 * The app is told what set the run off as if that were now; one that was paused in the middle goes on from what it has
 * kept, and what it wrote after that goes.
 */
async function planGoOn<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<{ plan: StartPlan; removed: ThreadItem[] }> {
  const { store } = parts
  const thread = await store.loadThread(threadId, context)
  const latest = await store.loadLatestRun(threadId, context)
  if (!latest || !isPaused(latest)) throw nothingPaused()
  const { type, item_id = '' } = latest.trigger
  const item = await store.loadItem(threadId, item_id, context)
  if (item.type !== 'user_message' || (type !== 'user_message' && type !== 'retry')) throw nothingPaused()
  const newer = await loadNewer(parts, context, item)
  if (newer.length === 0 && latest.checkpoint === undefined) {
    const plan: StartPlan = { thread, trigger: { type, item }, writes: {}, opening: { events: [] }, claims: latest }
    return { plan, removed: [] }
  }
  const { trigger, removed } = whereItStopped(latest, { target: item, newer })
  const removedItemIds = removed.map(({ id }) => id)
  const plan: StartPlan = {
    thread,
    trigger,
    writes: { removedItemIds },
    opening: { events: removedItemIds.map((item_id) => ({ type: 'thread.item.removed', item_id })) },
    claims: latest,
  }
  return { plan, removed }
}

const nothingPaused = () =>
  new ParleyError('conflict', 'No run of this thread is paused: there is nothing to go on with.')
