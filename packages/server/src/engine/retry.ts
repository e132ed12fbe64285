import { ParleyError, type ThreadItem } from '@parley/protocol'
import { deleteFilesOfRemoved } from './attachments.js'
import type { Call, RunStream, StartOptions } from './engine.js'
import type { Parts } from './parts.js'
import type { Starter, StartPlan } from './start-run.js'

const PAGE = 20

/** Answers a message again: what came after it goes, with its files; the message itself stays as it is. */
export async function retryAfterItem<Context>(
  { parts, starter }: { parts: Parts<Context>; starter: Starter<Context> },
  { call, threadId, itemId, options }: { call: Call<Context>; threadId: string; itemId: string; options: StartOptions },
): Promise<RunStream> {
  let removed: ThreadItem[] = []
  const stream = await starter.startOn({
    call,
    threadId,
    options,
    async prepare() {
      const retry = await planRetry(parts, call, threadId, itemId)
      removed = retry.removed
      return retry.plan
    },
  })
  await deleteFilesOfRemoved(parts, call.context, { threadId, removed })
  return stream
}

async function planRetry<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  itemId: string,
): Promise<{ plan: StartPlan; removed: ThreadItem[] }> {
  const thread = await parts.store.loadThread(threadId, context)
  const target = await parts.store.loadItem(threadId, itemId, context)
  if (target.type !== 'user_message') {
    throw new ParleyError('not_retryable', 'Only a message of the person can be answered again.')
  }
  const removed = await loadNewer(parts, context, target)
  const plan: StartPlan = {
    thread,
    trigger: { type: 'retry', item: target },
    writes: { removedItemIds: removed.map(({ id }) => id) },
    opening: { events: [] },
  }
  return { plan, removed }
}

async function loadNewer<Context>(
  { store }: Parts<Context>,
  context: Context,
  target: ThreadItem,
): Promise<ThreadItem[]> {
  const newer: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await store.loadThreadItems(target.thread_id, { limit: PAGE, order: 'desc', after }, context)
    for (const item of page.data) {
      if (item.id === target.id) return newer
      newer.push(item)
    }
    after = page.after
  } while (after !== undefined)
  return newer
}
