import type { Page, Thread, ThreadItem, ThreadMetadata } from '@parley/protocol'
import type { NotedThread } from '../storage/store.js'

const HIDDEN_TYPES: ReadonlySet<ThreadItem['type']> = new Set(['hidden_context_item', 'sdk_hidden_context'])

/** Whether a person may see the item. Hidden ones are notes to the model and leave the server in no way at all. */
export const isVisible = (item: ThreadItem): boolean => !HIDDEN_TYPES.has(item.type)

/** The thread as the chat gets it: the server's own metadata stays here, and so do the notes of other callers. */
export function visibleThread(thread: ThreadMetadata, items: Page<ThreadItem> = { data: [], has_more: false }): Thread {
  const { notes: _, ...sent }: NotedThread = thread
  return { ...sent, metadata: {}, items }
}
