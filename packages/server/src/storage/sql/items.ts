import { type Page, ParleyError, type ThreadItem } from '@parley/protocol'
import { searchTextOf } from '../search-text.js'
import type { PageQuery, Scope } from '../store.js'
import { toKey } from './keys.js'
import { OPEN_END, type PageStatements, type Place, readPage } from './page.js'
import { all, first, type Script, sql } from './script.js'
import { THREAD, threadKeys, threadNotFound, unknownCursor } from './threads.js'

const ITEM = `thread = (select sequence from threads where ${THREAD}) and id = $5`

const load = sql<{ document: string }>(`select document from items where ${ITEM}`)
/** The row lock makes items of one thread visible in the order of their sequence, so that no reader skips one. */
const add = sql<{ sequence: Place }>(
  `insert into items (thread, id, document, search)
   select sequence, $5, $6, $7 from threads where ${THREAD} for no key update
   on conflict (thread, id) do update set document = excluded.document, search = excluded.search
   returning sequence`,
)
const replace = sql<{ sequence: Place }>(`update items set document = $6, search = $7 where ${ITEM} returning sequence`)
const remove = sql(`delete from items where ${ITEM}`)
const start = sql<{ thread: Place; place: Place | null }>(
  `select threads.sequence as thread,
     (select items.sequence from items where items.thread = threads.sequence and items.id = $5) as place
   from threads where ${THREAD}`,
)
const pages: PageStatements = {
  asc: sql('select document from items where thread = $1 and sequence > $2 order by sequence limit $3'),
  desc: sql('select document from items where thread = $1 and sequence < $2 order by sequence desc limit $3'),
}

export function* loadThreadItems(threadId: string, query: PageQuery, scope: Scope): Script<Page<ThreadItem>> {
  const after = query.after === undefined ? null : toKey(query.after)
  const row = yield* first(start, [...threadKeys(threadId, scope), after])
  if (!row) throw threadNotFound()
  if (after !== null && row.place === null) throw unknownCursor()
  return yield* readPage<ThreadItem>(pages, [row.thread, row.place ?? OPEN_END[query.order]], query)
}

export function* addThreadItem(threadId: string, item: ThreadItem, scope: Scope): Script<void> {
  const row = yield* first(add, [...itemKeys(threadId, item.id, scope), JSON.stringify(item), searchTextOf(item)])
  if (!row) throw threadNotFound()
}

export function* saveItem(threadId: string, item: ThreadItem, scope: Scope): Script<void> {
  const row = yield* first(replace, [...itemKeys(threadId, item.id, scope), JSON.stringify(item), searchTextOf(item)])
  if (!row) throw itemNotFound()
}

export function* loadItem(threadId: string, itemId: string, scope: Scope): Script<ThreadItem> {
  const row = yield* first(load, itemKeys(threadId, itemId, scope))
  if (!row) throw itemNotFound()
  return JSON.parse(row.document) as ThreadItem // written by addThreadItem or saveItem
}

export function* deleteThreadItem(threadId: string, itemId: string, scope: Scope): Script<void> {
  yield* all(remove, itemKeys(threadId, itemId, scope))
}

function itemKeys(threadId: string, itemId: string, scope: Scope): string[] {
  return [...threadKeys(threadId, scope), toKey(itemId)]
}

function itemNotFound(): ParleyError {
  return new ParleyError('item_not_found', 'There is no such item in this thread.')
}
