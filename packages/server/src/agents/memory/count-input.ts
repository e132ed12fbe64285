import type { AgentInputItem } from '@openai/agents-core'
import type { ThreadItem } from '@parley/protocol'

/** Counts what items tell the model. */
export interface TokenCounter {
  /** The same item is counted once, as long as it stays the same object. */
  count(item: ThreadItem, input: AgentInputItem[]): number
  countText(text: string): number
}

let loading: Promise<TokenCounter> | undefined

/** Loads the tokenizer with the first thread that may be too long. */
export function loadTokenCounter(): Promise<TokenCounter> {
  loading ??= import('./tokenizer.js').then(({ countText }) => createCounter(countText))
  return loading
}

/** Above what any tokenizer of bytes makes of it: no token is shorter than a byte. Costs nothing, and most threads are that short. */
export function mostTokens(item: ThreadItem, input: AgentInputItem[]): number {
  const most = knownMost.get(item) ?? sumOf(input, mostOfText)
  knownMost.set(item, most)
  return most
}

const knownMost = new WeakMap<ThreadItem, number>()

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/
const mostOfText = (text: string): number => (ASCII.test(text) ? text.length : text.length * 3)

function createCounter(countText: (text: string) => number): TokenCounter {
  const known = new WeakMap<ThreadItem, number>()
  return {
    countText,
    count(item, input) {
      const before = known.get(item)
      if (before !== undefined) return before
      const count = sumOf(input, countText)
      known.set(item, count)
      return count
    },
  }
}

/** Around a message: who it is from, where it begins and ends. */
const PER_ITEM = 4
/** What models take for a picture or a page of a file, give or take. */
const PER_PICTURE = 1000

function sumOf(input: AgentInputItem[], count: (text: string) => number): number {
  let sum = 0
  for (const item of input) {
    sum += PER_ITEM
    if (!('content' in item)) sum += count(JSON.stringify(item))
    else if (typeof item.content === 'string') sum += count(item.content)
    else for (const part of item.content ?? []) sum += 'text' in part ? count(part.text) : PER_PICTURE
  }
  return sum
}
