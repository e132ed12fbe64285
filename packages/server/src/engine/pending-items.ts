import type { AssistantMessageItem, ThreadItem, ThreadItemUpdate } from '@parley/protocol'
import { cloneJson } from '../base/json.js'
import { applyUpdate } from './apply-update.js'

/** The items of a run that have begun and are not done: own copies, brought up to date by every update. */
export class PendingItems {
  readonly #items = new Map<string, ThreadItem>()

  add(item: ThreadItem): void {
    this.#items.set(item.id, cloneJson(item))
  }

  /** Costs the same however long the item has grown. An update of an item that is not pending changes nothing. */
  update(itemId: string, update: ThreadItemUpdate): void {
    const item = this.#items.get(itemId)
    if (item) applyUpdate(item, update)
  }

  has(itemId: string): boolean {
    return this.#items.has(itemId)
  }

  drop(itemId: string): void {
    this.#items.delete(itemId)
  }

  clear(): void {
    this.#items.clear()
  }

  all(): ThreadItem[] {
    return [...this.#items.values()].map(cloneJson)
  }

  /** The answers somebody has begun to read: pending assistant messages with more than blanks in them. */
  partialAnswers(): AssistantMessageItem[] {
    const answers: AssistantMessageItem[] = []
    for (const item of this.#items.values()) {
      if (item.type === 'assistant_message' && hasText(item)) answers.push(cloneJson(item))
    }
    return answers
  }
}

const hasText = (item: AssistantMessageItem) => item.content.some(({ text }) => /\S/.test(text))
