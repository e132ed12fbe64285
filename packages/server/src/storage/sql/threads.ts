import { type Page, ParleyError, type ThreadMetadata } from '@parley/protocol'
import { titleTextOf } from '../search-text.js'
import type { PageQuery, Scope } from '../store.js'
import { expiryOf } from '../thread-expiry.js'
import { ownerKeys, toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import { OPEN_END, type PageStatements, type Place, readPage } from './page.js'
import { all, first, type Script, sql } from './script.js'

/** The row of one thread. Its four values: `threadKeys`. */
export const THREAD = 'workspace_id = $1 and user_id = $2 and app_id = $3 and id = $4'

/** Everything of one owner. Its three values: `ownerKeys`. */
export const OWNED = 'workspace_id = $1 and user_id = $2 and app_id = $3'

const load = sql<{ document: string }>(`select document from threads where ${THREAD}`)
const place = sql<{ sequence: Place }>(`select sequence from threads where ${THREAD}`)
const save = sql(
  `insert into threads (workspace_id, user_id, app_id, id, document, search, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (workspace_id, user_id, app_id, id)
   do update set document = excluded.document, search = excluded.search, expires_at = excluded.expires_at`,
)
const remove = sql(`delete from threads where ${THREAD}`)
const pages: PageStatements = {
  asc: sql(`select document from threads where ${OWNED} and sequence > $4 order by sequence limit $5`),
  desc: sql(`select document from threads where ${OWNED} and sequence < $4 order by sequence desc limit $5`),
}

export function threadKeys(threadId: string, scope: Scope): [string, string, string, string] {
  return [...ownerKeys(scope), toKey(threadId)]
}

export function* loadThread(threadId: string, scope: Scope): Script<ThreadMetadata> {
  const row = yield* first(load, threadKeys(threadId, scope))
  if (!row) throw threadNotFound()
  return JSON.parse(row.document) as ThreadMetadata // written by saveThread
}

export function* saveThread(thread: ThreadMetadata, scope: Scope): Script<void> {
  yield* rememberUser(scope.userId)
  yield* all(save, [...threadKeys(thread.id, scope), JSON.stringify(thread), titleTextOf(thread), expiryOf(thread)])
}

export function* loadThreads(query: PageQuery, scope: Scope): Script<Page<ThreadMetadata>> {
  const start = query.after === undefined ? OPEN_END[query.order] : yield* placeOf(query.after, scope)
  return yield* readPage<ThreadMetadata>(pages, [...ownerKeys(scope), start], query)
}

export function* deleteThread(threadId: string, scope: Scope): Script<void> {
  yield* all(remove, threadKeys(threadId, scope))
}

export function threadNotFound(): ParleyError {
  return new ParleyError('thread_not_found', 'There is no such thread.')
}

export function unknownCursor(): ParleyError {
  return new ParleyError('invalid_cursor', '`after` is not the id of a row of this list.')
}

/** @throws {ParleyError} `invalid_cursor` */
export function* placeOf(threadId: string, scope: Scope): Script<Place> {
  const row = yield* first(place, threadKeys(threadId, scope))
  if (!row) throw unknownCursor()
  return row.sequence
}
