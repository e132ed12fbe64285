import type { Page } from '@parley/protocol'
import type { Order, PageQuery } from '../store.js'
import { all, type Script, type Statement } from './script.js'

/** A row's place in the order of its table: the engine's own number, passed back as it came. */
export type Place = number | string

/** Where a page without a cursor starts: before every place. */
export const OPEN_END: Record<Order, Place> = { asc: 0, desc: Number.MAX_SAFE_INTEGER }

/** One statement per direction; its last two values are the place to start behind and the number of rows. */
export type PageStatements = Record<Order, Statement<{ document: string }>>

/** Reads one row more than asked for: its presence is `has_more`. */
export function* readPage<Entry extends { id: string }>(
  statements: PageStatements,
  values: readonly Place[],
  { limit, order }: PageQuery,
): Script<Page<Entry>> {
  const rows = yield* all(statements[order], [...values, limit + 1])
  const data = rows.slice(0, limit).map((row) => JSON.parse(row.document) as Entry) // written by this store from an Entry
  const has_more = rows.length > limit
  return has_more ? { data, has_more, after: data.at(-1)?.id } : { data, has_more }
}
