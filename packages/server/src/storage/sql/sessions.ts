import type { Page } from '@parley/protocol'
import type { PageQuery } from '../store.js'
import type { SessionFilter, SessionRecord, SessionStatus } from '../workspace-store.js'
import { type Filter, filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, sql } from './script.js'

interface Row {
  document: string
  cancelled_at: string | null
}

const SESSION = 'workspace_id = $1 and id = $2'

const add = sql(
  'insert into sessions (workspace_id, user_id, app_id, id, hash, expires_at, document) values ($1, $2, $3, $4, $5, $6, $7)',
)
const find = sql<Row>('select document, cancelled_at from sessions where hash = $1')
const load = sql<Row>(`select document, cancelled_at from sessions where ${SESSION}`)
const cancel = sql<Row>(
  `update sessions set cancelled_at = coalesce(cancelled_at, $3) where ${SESSION} returning document, cancelled_at`,
)
const countFile = sql<{ sequence: Place }>(
  'update sessions set files = files + 1 where id = $1 and files < $2 returning sequence',
)
const removeExpired = sql<{ sequence: Place }>('delete from sessions where expires_at < $1 returning sequence')
const readPage = filteredPages<Row>('main.document, main.cancelled_at', 'sessions as main')

export function* addSession(session: SessionRecord, hash: string): Script<void> {
  const { workspace_id, user_id, app_id = null, id, expires_at } = session
  yield* rememberUser(user_id)
  const owner = [toKey(workspace_id), toKey(user_id), app_id && toKey(app_id)]
  yield* all(add, [...owner, id, hash, expires_at, JSON.stringify(session)])
}

export function* findSession(hash: string): Script<SessionRecord | null> {
  const row = yield* first(find, [hash])
  return row ? toSession(row) : null
}

export function* loadSession(workspaceId: string, sessionId: string): Script<SessionRecord | null> {
  const row = yield* first(load, [toKey(workspaceId), toKey(sessionId)])
  return row ? toSession(row) : null
}

export function* listSessions(
  workspaceId: string,
  query: PageQuery,
  { userId, appId, status, now }: SessionFilter,
): Script<Page<SessionRecord>> {
  const filters: Filter[] = [
    ['main.user_id = $', userId && toKey(userId)],
    ['main.app_id = $', appId && toKey(appId)],
    ...(status ? STATUS[status](now) : []),
  ]
  const workspace = toKey(workspaceId)
  return yield* readPage(query, { workspace, filters, toKey, toEntry: toSession, idOf: ({ id }) => id })
}

export function* cancelSession(workspaceId: string, sessionId: string, now: string): Script<SessionRecord | null> {
  const row = yield* first(cancel, [toKey(workspaceId), toKey(sessionId), now])
  return row ? toSession(row) : null
}

export function* countSessionFile(sessionId: string, max: number): Script<boolean> {
  const row = yield* first(countFile, [toKey(sessionId), max])
  return row !== undefined
}

export function* deleteSessionsExpiredBefore(time: string): Script<number> {
  return (yield* all(removeExpired, [time])).length
}

/** A cancelled session stays cancelled when its time is over. */
const STATUS: Record<SessionStatus, (now: string) => Filter[]> = {
  active: (now) => [['main.cancelled_at is null and main.expires_at > $', now]],
  expired: (now) => [['main.cancelled_at is null and main.expires_at <= $', now]],
  cancelled: () => [["coalesce(main.cancelled_at, '') > $", '']],
}

/** When it was cancelled changes without the document being written. */
function toSession({ document, cancelled_at }: Row): SessionRecord {
  const session = JSON.parse(document) as SessionRecord // written by addSession
  return cancelled_at === null ? session : { ...session, cancelled_at }
}
