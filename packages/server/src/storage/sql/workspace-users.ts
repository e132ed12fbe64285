import type { Page } from '@parley/protocol'
import type { Order, PageQuery } from '../store.js'
import type { UserCounts, UserRecord } from '../workspace-store.js'
import { toKey } from './keys.js'
import { originalId } from './long-ids.js'
import { all, first, type Script, type Statement, sql } from './script.js'
import { USER_TABLES } from './user-tables.js'

interface Row {
  user_id: string
  long_user: string | null
  threads: number | string
  first_thread: string | null
  last_thread: string | null
  last_run: string | null
  first_session: string | null
  last_session: string | null
}

interface CountRow extends Row {
  items: number | string
  runs: number | string
  files: number | string
  sessions: number | string
}

const OF_USER = 'where workspace_id = $1 and user_id = people.user_id'
const document = (table: string, order: Order) =>
  `(select document from ${table} ${OF_USER} order by sequence ${order} limit 1)`
const count = (table: string) => `(select count(*) from ${table} ${OF_USER})`

const COLUMNS = `people.user_id, long_ids.id as long_user, ${count('threads')} as threads,
  ${document('threads', 'asc')} as first_thread, ${document('threads', 'desc')} as last_thread,
  ${document('runs', 'desc')} as last_run,
  ${document('sessions', 'asc')} as first_session, ${document('sessions', 'desc')} as last_session`
const COUNTS = `${count('runs')} as runs, ${count('attachments')} as files, ${count('sessions')} as sessions,
  (select count(*) from items join threads on threads.sequence = items.thread
    where threads.workspace_id = $1 and threads.user_id = people.user_id) as items`

/** Each table gives no more users than the page holds, in the order of its index: however many rows it has. */
function listOf(order: Order, start: string, search: string, limit: string): Statement<Row> {
  const users = USER_TABLES.map(
    (table) => `select user_id from (
      select distinct user_id from ${table} where workspace_id = $1 and ${start} and ${search} order by user_id ${order} limit ${limit}
    ) as of_${table}`,
  )
  return sql(`select ${COLUMNS} from (${users.join(' union ')}) as people
    left join long_ids on long_ids.digest = people.user_id order by people.user_id ${order} limit ${limit}`)
}

const everybody = "user_id <> ''"
const behind: Record<Order, string> = { asc: 'user_id > $3', desc: `user_id < $3 and ${everybody}` }
/** An id that stands here as its digest is looked for in full elsewhere. */
const matches = (place: string) =>
  `(user_id not like 'sha256:%' and lower(user_id) like ${place} escape '\\' or user_id in (select digest from long_ids where lower(id) like ${place} escape '\\'))`

const lists: Record<Order, Record<'first' | 'behind' | 'firstFound' | 'foundBehind', Statement<Row>>> = {
  asc: listsOf('asc'),
  desc: listsOf('desc'),
}

function listsOf(order: Order) {
  return {
    first: listOf(order, everybody, everybody, '$2'),
    behind: listOf(order, behind[order], everybody, '$2'),
    firstFound: listOf(order, everybody, matches('$3'), '$2'),
    foundBehind: listOf(order, behind[order], matches('$4'), '$2'),
  }
}

const load = sql<CountRow>(`select ${COLUMNS}, ${COUNTS} from (
    ${USER_TABLES.map((table) => `select user_id from ${table} where workspace_id = $1 and user_id = $2`).join(' union ')}
  ) as people left join long_ids on long_ids.digest = people.user_id`)

export function* listUsers(
  workspaceId: string,
  { limit, order, after }: PageQuery,
  search?: string,
): Script<Page<UserRecord>> {
  const statements = lists[order]
  const pattern = search === undefined ? [] : [`%${search.replace(/[\\%_]/g, '\\$&')}%`]
  const start = after === undefined ? [] : [toKey(after)]
  const found = start.length > 0 ? statements.foundBehind : statements.firstFound
  const whole = start.length > 0 ? statements.behind : statements.first
  const values = [toKey(workspaceId), limit + 1, ...start, ...pattern]
  const rows = yield* all(pattern.length > 0 ? found : whole, values)
  const data = rows.slice(0, limit).map(toUser)
  const last = data.at(-1)
  return last && rows.length > limit ? { data, has_more: true, after: last.id } : { data, has_more: false }
}

export function* loadUser(workspaceId: string, userId: string): Script<UserCounts | null> {
  const row = yield* first(load, [toKey(workspaceId), toKey(userId)])
  if (!row) return null
  const { items, runs, files, sessions } = row
  return {
    ...toUser(row),
    items: Number(items),
    runs: Number(runs),
    files: Number(files),
    sessions: Number(sessions),
  }
}

function toUser(row: Row): UserRecord {
  const times = [row.first_thread, row.first_session, row.last_thread, row.last_run, row.last_session]
    .flatMap((text) => (text === null ? [] : [createdAt(text)]))
    .sort()
  return {
    id: originalId(row.user_id, row.long_user),
    threads: Number(row.threads),
    ...(times.length > 0 && { first_seen_at: times[0], last_active_at: times.at(-1) }),
  }
}

/** Threads, runs and sessions all say when they were made. */
const createdAt = (text: string): string => (JSON.parse(text) as { created_at: string }).created_at
