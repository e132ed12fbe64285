import type { LeftItem, Scope } from '../store.js'
import { toKey } from './keys.js'
import { all, type Script, sql } from './script.js'
import { THREAD, threadKeys } from './threads.js'

/** Items of branches that their threads have left. */

const OF_THREAD = `thread = (select sequence from threads where ${THREAD})`

const loadAll = sql<{ document: string }>(`select document from left_items where ${OF_THREAD} order by sequence`)
const keep = sql(
  `insert into left_items (thread, id, document) select sequence, $5, cast($6 as text) from threads where ${THREAD}
   on conflict (thread, id) do update set document = excluded.document`,
)
const remove = sql(`delete from left_items where ${OF_THREAD} and id = $5`)

export function* loadLeftItems(threadId: string, scope: Scope): Script<LeftItem[]> {
  const rows = yield* all(loadAll, threadKeys(threadId, scope))
  return rows.map(({ document }) => JSON.parse(document) as LeftItem) // written by keepLeftItem
}

export function* keepLeftItem(threadId: string, left: LeftItem, scope: Scope): Script<void> {
  yield* all(keep, [...threadKeys(threadId, scope), toKey(left.item.id), JSON.stringify(left)])
}

export function* takeBackItem(threadId: string, itemId: string, scope: Scope): Script<void> {
  yield* all(remove, [...threadKeys(threadId, scope), toKey(itemId)])
}
