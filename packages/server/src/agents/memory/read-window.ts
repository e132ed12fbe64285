import type { AgentInputItem } from '@openai/agents-core'
import type { ThreadItem } from '@parley/protocol'
import type { RunContext } from '../../runnable/runnable.js'
import type { ThreadItemConverter } from '../thread-item-converter.js'
import { loadTokenCounter, mostTokens, type TokenCounter } from './count-input.js'

/** An item, what it tells the model, and how much that is. */
export interface Entry {
  item: ThreadItem
  input: AgentInputItem[]
  tokens: number
}

/** The newest part of a thread, in order. */
export interface Window {
  entries: Entry[]
  /** Whether there is more before it. */
  isCut: boolean
  /** How much it is; more than it is as long as nothing had to be counted. */
  tokens: number
}

export interface WindowOptions {
  load: RunContext['readItems']
  converter: ThreadItemConverter
  /** The newest turn is kept whole, whatever it takes. */
  maxTokens: number
  /** The newest items alone, at most so many. */
  limit?: number | undefined
  /** Where to stop: what is up to this item is told otherwise. */
  behind?: string | undefined
}

const PAGE = 100

/**
 * Reads a thread backwards until the tokens are used up, and cuts it where a person said something: an answer stays with
 * its question, and a call with its output. Costs as much as what is kept, however long the thread is.
 */
export async function readWindow(options: WindowOptions): Promise<Window> {
  const { converter, maxTokens } = options
  const newestFirst: Entry[] = []
  let counter: TokenCounter | undefined
  let tokens = 0
  for await (const item of itemsBackwards(options)) {
    const input = await converter.toAgentInput(item, { more: newestFirst.length > 0 })
    const entry = { item, input, tokens: counter ? counter.count(item, input) : mostTokens(item, input) }
    newestFirst.push(entry)
    tokens += entry.tokens
    if (tokens > maxTokens && !counter) {
      counter = await loadTokenCounter()
      for (const one of newestFirst) one.tokens = counter.count(one.item, one.input)
      tokens = sumOf(newestFirst)
    }
    if (tokens > maxTokens && firstTurn(newestFirst) < newestFirst.length - 1)
      return shrinkWindow({ entries: newestFirst.reverse(), isCut: true, tokens }, maxTokens)
  }
  return { entries: newestFirst.reverse(), isCut: false, tokens }
}

/** The newest turns that take no more; the last one whole, whatever it takes. */
export function shrinkWindow({ entries, isCut }: Window, maxTokens: number): Window {
  const newestFirst = entries.toReversed()
  let kept = firstTurn(newestFirst) + 1
  let tokens = 0
  for (const [index, entry] of newestFirst.entries()) {
    tokens += entry.tokens
    if (tokens > maxTokens) break
    if (entry.item.type === 'user_message') kept = Math.max(kept, index + 1)
  }
  const left = newestFirst.slice(0, kept).reverse()
  return { entries: left, isCut: isCut || left.length < entries.length, tokens: sumOf(left) }
}

const sumOf = (entries: Entry[]): number => entries.reduce((sum, { tokens }) => sum + tokens, 0)

/** Where the newest turn begins, counted from the end. */
function firstTurn(newestFirst: Entry[]): number {
  const index = newestFirst.findIndex(({ item }) => item.type === 'user_message')
  return index < 0 ? newestFirst.length : index
}

async function* itemsBackwards({ load, limit, behind }: WindowOptions): AsyncGenerator<ThreadItem, void, undefined> {
  let left = limit ?? Number.POSITIVE_INFINITY
  for (let after: string | undefined, more = true; more && left > 0; ) {
    const page = await load({ limit: Math.min(PAGE, left), order: 'desc', ...(after !== undefined && { after }) })
    for (const item of page.data) {
      if (item.id === behind) return
      yield item
    }
    left -= page.data.length
    after = page.after
    more = page.has_more && after !== undefined
  }
}
