import type { Page, Thread, ThreadItem, ThreadMetadata } from '@parley/protocol'

const HIDDEN_TYPES: ReadonlySet<ThreadItem['type']> = new Set(['hidden_context_item', 'sdk_hidden_context'])

/** Whether a person may see the item. Hidden ones are notes to the model and leave the server in no way at all. */
export const isVisible = (item: ThreadItem): boolean => !HIDDEN_TYPES.has(item.type)

/** The thread as it is sent: the server's own metadata stays here. */
export function visibleThread(thread: ThreadMetadata, items: Page<ThreadItem> = { data: [], has_more: false }): Thread {
  return { ...thread, metadata: {}, items }
}
