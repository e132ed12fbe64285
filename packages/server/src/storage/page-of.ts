import { type Page, ParleyError } from '@parley/protocol'
import type { PageQuery } from './store.js'

/** One page of entries that are in memory, oldest first; the entries are copies. */
export function pageOf<Entry extends { id: string }>(added: Entry[], { limit, order, after }: PageQuery): Page<Entry> {
  const entries = order === 'asc' ? added : added.toReversed()
  const cursor = after === undefined ? -1 : entries.findIndex(({ id }) => id === after)
  if (after !== undefined && cursor === -1) {
    throw new ParleyError('invalid_cursor', '`after` is not the id of a row of this list.')
  }
  const data = structuredClone(entries.slice(cursor + 1, cursor + 1 + limit))
  const has_more = entries.length > cursor + 1 + limit
  return has_more ? { data, has_more, after: data.at(-1)?.id } : { data, has_more }
}
