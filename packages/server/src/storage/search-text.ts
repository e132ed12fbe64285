import type { ThreadItem, ThreadMetadata } from '@parley/protocol'
import { foldText } from '../base/fold-text.js'

/** A message is found by its beginning, however long it is. */
const LONGEST = 100_000

/** What can be read of an item by the person whose chat it is; `''` for what is no message. */
export function readableText(item: ThreadItem): string {
  if (item.type === 'user_message' || item.type === 'assistant_message') {
    return item.content.map(({ text }) => text).join(' ')
  }
  return item.type === 'widget' ? (item.copy_text ?? '') : ''
}

/** What an item is found by. */
export const searchTextOf = (item: ThreadItem): string => foldText(readableText(item).slice(0, LONGEST))

/** What a thread itself is found by: its title. */
export const titleTextOf = ({ title }: ThreadMetadata): string => foldText(title ?? '')

/** Whether a folded text holds every one of the folded words. */
export const holdsAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word))
