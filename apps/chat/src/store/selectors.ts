import type { StructuredInputItem, ThreadItem, UserMessageItem } from '@parley/protocol'
import type { ChatState } from './state.js'

/** A question and everything said to it: the unit that is copied, rated and tried again. */
export interface Turn {
  readonly key: string
  readonly itemIds: readonly string[]
  /** The person's message, when the turn begins with one. */
  readonly userId: string | null
}

export function lastItem(state: ChatState): ThreadItem | undefined {
  return state.items.get(state.itemIds.at(-1) ?? '')
}

export function lastUserMessage(state: ChatState): UserMessageItem | undefined {
  const id = state.itemIds.findLast((itemId) => state.items.get(itemId)?.type === 'user_message')
  const item = state.items.get(id ?? '')
  return item?.type === 'user_message' ? item : undefined
}

export function isBusy(state: ChatState): boolean {
  return state.run.phase !== 'idle'
}

/** Whether what the composer holds can be sent now. */
export function canSubmit(state: ChatState): boolean {
  const { text, attachments, uploads } = state.composer
  const hasContent = text.trim() !== '' || attachments.length > 0 || uploads.length > 0
  const isUploaded = uploads.every(({ phase }) => phase === 'done')
  const isShort = excessLength(state) === 0
  const isFree = !isBusy(state) && state.loading !== 'thread' && state.online
  return hasContent && isUploaded && isShort && isFree && (state.thread?.status?.type ?? 'active') === 'active'
}

/** How many characters the message has too many for the page's own limit. */
export function excessLength({ composer, options }: ChatState): number {
  const limit = options.composer?.maxLength
  return limit === undefined ? 0 : Math.max(0, composer.text.trim().length - limit)
}

/** Cuts the thread into turns: each message of the person begins one, and is the same one under the server's id. */
export function toTurns({ itemIds, items, shownAs }: Pick<ChatState, 'itemIds' | 'items' | 'shownAs'>): Turn[] {
  const turns: { key: string; itemIds: string[]; userId: string | null }[] = []
  for (const id of itemIds) {
    const isUser = items.get(id)?.type === 'user_message'
    const turn = turns.at(-1)
    if (isUser || !turn) turns.push({ key: shownAs.get(id) ?? id, itemIds: [id], userId: isUser ? id : null })
    else turn.itemIds.push(id)
  }
  return turns
}

/** The question that takes the composer's place, once the answer that asks it has ended. */
export function pendingQuestion(state: ChatState): StructuredInputItem | null {
  if (isBusy(state)) return null
  const item = lastItem(state)
  return item?.type === 'structured_input' && item.status === 'pending' ? item : null
}

/** What the copy button takes of a turn: the answers and the widgets that say how they read; not the question. */
export function copyText(itemIds: readonly string[], items: ReadonlyMap<string, ThreadItem>): string {
  return itemIds
    .flatMap((id) => textsOf(items.get(id)))
    .filter(Boolean)
    .join('\n\n')
}

export function hasCopyText(itemIds: readonly string[], items: ReadonlyMap<string, ThreadItem>): boolean {
  return itemIds.some((id) => textsOf(items.get(id)).some(Boolean))
}

function textsOf(item: ThreadItem | undefined): string[] {
  if (item?.type === 'assistant_message') return item.content.map((part) => part.text)
  return item?.type === 'widget' && item.copy_text ? [item.copy_text] : []
}
