import type { Page, ThreadMetadata } from '@parley/protocol'
import type { PageQuery, Scope } from '../store.js'
import type { OwnedThread, Within } from '../workspace-store.js'
import { type Filter, filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { originalId } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, sql } from './script.js'
import { THREAD, threadKeys, threadNotFound } from './threads.js'

interface Row {
  document: string
  user_id: string
  app_id: string
  long_user: string | null
}

const COLUMNS = 'main.document, main.user_id, main.app_id, long_ids.id as long_user'
const TABLES = 'threads as main left join long_ids on long_ids.digest = main.user_id'

const find = sql<Row>(`select ${COLUMNS} from ${TABLES} where main.workspace_id = $1 and main.id = $2`)
/** Callers choose ids too: two users of a workspace may have a thread of the same one. */
const findOfUser = sql<Row>(
  `select ${COLUMNS} from ${TABLES} where main.workspace_id = $1 and main.id = $2 and main.user_id = $3`,
)
const move = sql<{ sequence: Place }>(
  `update threads set app_id = $5
   where ${THREAD} and not exists (select 1 from runs where runs.thread = threads.sequence) returning sequence`,
)
/** What runs, or waits for its turn, keeps its thread. */
const expiring = sql<Row & { workspace_id: string }>(
  `select ${COLUMNS}, main.workspace_id from ${TABLES} where main.expires_at <= $1
   and not exists (select 1 from runs where runs.thread = main.sequence and runs.status in ('queued', 'running'))
   order by main.expires_at, main.sequence limit $2`,
)
const defer = sql(`update threads set expires_at = $5 where ${THREAD}`)
const readPage = filteredPages<Row>(COLUMNS, TABLES)

export function* findThread(threadId: string, within: Within): Script<OwnedThread> {
  const { userId, appId } = within
  const keys = [toKey(within.workspaceId), toKey(threadId)]
  const rows = yield* userId === undefined ? all(find, keys) : all(findOfUser, [...keys, toKey(userId)])
  const row = rows.find(({ app_id }) => appId === undefined || app_id === toKey(appId))
  if (!row) throw threadNotFound()
  return toOwnedThread(row, within)
}

export function* moveThread(threadId: string, owner: Scope, appId: string): Script<boolean> {
  return (yield* first(move, [...threadKeys(threadId, owner), toKey(appId)])) !== undefined
}

export function* listExpiring(now: string, limit: number): Script<OwnedThread[]> {
  const rows = yield* all(expiring, [now, limit])
  return rows.map((row) => toOwnedThread(row, { workspaceId: row.workspace_id }))
}

export function* deferExpiry(threadId: string, owner: Scope, until: string): Script<void> {
  yield* all(defer, [...threadKeys(threadId, owner), until])
}

export function* listThreads(query: PageQuery, within: Within): Script<Page<OwnedThread>> {
  const filters: Filter[] = [
    ['main.user_id = $', within.userId && toKey(within.userId)],
    ['main.app_id = $', within.appId && toKey(within.appId)],
  ]
  return yield* readPage(query, {
    workspace: toKey(within.workspaceId),
    filters,
    toKey,
    toEntry: (row) => toOwnedThread(row, within),
    idOf: ({ thread }) => thread.id,
  })
}

function toOwnedThread({ document, user_id, app_id, long_user }: Row, { workspaceId }: Within): OwnedThread {
  return {
    thread: JSON.parse(document) as ThreadMetadata, // written by saveThread
    owner: { workspaceId, userId: originalId(user_id, long_user), appId: app_id },
  }
}
