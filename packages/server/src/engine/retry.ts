import { ParleyError, type ThreadItem } from '@parley/protocol'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'
import type { StartPlan } from './start-run.js'

const PAGE = 20

/** Answers a message again: what came after it goes, the message itself stays as it is. */
export async function planRetry<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  itemId: string,
): Promise<StartPlan> {
  const thread = await parts.store.loadThread(threadId, context)
  const target = await parts.store.loadItem(threadId, itemId, context)
  if (target.type !== 'user_message') {
    throw new ParleyError('not_retryable', 'Only a message of the person can be answered again.')
  }
  return {
    thread,
    trigger: { type: 'retry', item: target },
    writes: { removedItemIds: await loadNewerIds(parts, context, target) },
    opening: { events: [] },
  }
}

async function loadNewerIds<Context>(
  { store }: Parts<Context>,
  context: Context,
  target: ThreadItem,
): Promise<string[]> {
  const newer: string[] = []
  let after: string | undefined
  do {
    const page = await store.loadThreadItems(target.thread_id, { limit: PAGE, order: 'desc', after }, context)
    for (const { id } of page.data) {
      if (id === target.id) return newer
      newer.push(id)
    }
    after = page.after
  } while (after !== undefined)
  return newer
}
