import type { KeptValue, ValueOwner, ValueStore } from '../storage/value-store.js'
import { fitsFilter } from './value-filter.js'
import { indexedText } from './value-text.js'

/** Which values of a user. */
export interface ValueSearch {
  /** The beginning of their namespaces, in which `*` stands for any name. */
  prefix?: readonly string[] | null | undefined
  /** What they hold, as `fitsFilter` reads it. */
  filter?: Record<string, unknown> | null | undefined
  /** Each of them is somewhere in what the value's `index` names. */
  words?: readonly string[]
  /** ISO 8601. Values whose time is over are not found. */
  now: string
}

const PAGE = 100

/** The values that fit, by creation. @throws {ParleyError} `invalid_request` for a filter that cannot be read */
export async function* searchValues(
  values: Pick<ValueStore, 'list'>,
  { prefix, filter, words = [], now }: ValueSearch,
  owner: ValueOwner,
): AsyncGenerator<KeptValue> {
  const wanted = words.map((word) => word.toLowerCase())
  let after: string | undefined
  do {
    const page = await values.list({ limit: PAGE, order: 'asc', ...(after !== undefined && { after }) }, owner, now)
    for (const one of page.data) {
      if (!startsWith(one.namespace, prefix ?? []) || !fitsFilter(one.value, filter ?? {})) continue
      if (holdsWords(one, wanted)) yield one
    }
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
}

/** `*` stands for any name. Source: `ListNamespaces` of LangGraph's store. */
export const startsWith = (namespace: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length <= namespace.length && prefix.every((name, index) => name === '*' || name === namespace[index])

function holdsWords(value: KeptValue, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = indexedText(value)?.toLowerCase()
  return text !== undefined && words.every((word) => text.includes(word))
}
