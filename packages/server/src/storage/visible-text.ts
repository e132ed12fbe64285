import type { ThreadItem } from '@parley/protocol'

/** Whether the item is an answer in which a person could already read something: what a crash or a stop keeps. */
export function hasVisibleText(item: ThreadItem): boolean {
  return item.type === 'assistant_message' && item.content.some((part) => part.text.trim() !== '')
}
