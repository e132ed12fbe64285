import { type LinkRecord, LOGIN_TABLES, type LoginRow, type LoginTable } from '../login-store.js'
import { all, first, type Script, type Statement, sql } from './script.js'

const LINK = 'hash, workspace_id, purpose, role, created_at, expires_at'

const removeExpired = sql('delete from login_sessions where expires_at < $1')
const addOne = sql(`insert into login_links (${LINK}) values ($1, $2, $3, $4, $5, $6)`)
/** A first link is over once its workspace has people. */
const GOOD = `hash = $1 and expires_at > $2
  and (purpose <> 'first' or not exists (select 1 from people where people.workspace_id = login_links.workspace_id))`
const find = sql<LinkRecord>(`select ${LINK} from login_links where ${GOOD}`)
const take = sql<LinkRecord>(`delete from login_links where ${GOOD} returning ${LINK}`)
const removeOld = sql('delete from login_links where expires_at < $1')

export function* addRow(table: LoginTable, row: LoginRow): Script<void> {
  const columns = columnsOf(table, row)
  const places = columns.map((_, index) => `$${index + 1}`)
  yield* all(statement(`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`), valuesOf(row))
}

export function* findRows(table: LoginTable, where: LoginRow): Script<LoginRow[]> {
  const order = 'order by created_at, id'
  return yield* all(statement(`select ${namesOf(table)} from ${table} ${condition(table, where)} ${order}`), [
    ...valuesOf(where),
  ])
}

export function* changeRows(table: LoginTable, where: LoginRow, changes: LoginRow): Script<LoginRow[]> {
  const keys = columnsOf(table, where).length
  const set = columnsOf(table, changes).map((column, index) => `${column} = $${keys + index + 1}`)
  return yield* all(
    statement(`update ${table} set ${set.join(', ')} ${condition(table, where)} returning ${namesOf(table)}`),
    [...valuesOf(where), ...valuesOf(changes)],
  )
}

export function* deleteRows(table: LoginTable, where: LoginRow): Script<number> {
  const rows = yield* all(statement(`delete from ${table} ${condition(table, where)} returning id`), valuesOf(where))
  return rows.length
}

export function* deleteLoginSessionsExpiredBefore(time: string): Script<void> {
  yield* all(removeExpired, [time])
}

export function* addLink({ hash, workspace_id, purpose, role, created_at, expires_at }: LinkRecord): Script<void> {
  yield* all(removeOld, [created_at])
  yield* all(addOne, [hash, workspace_id, purpose, role, created_at, expires_at])
}

export function* findLink(hash: string, now: string): Script<LinkRecord | null> {
  return (yield* first(find, [hash, now])) ?? null
}

export function* takeLink(hash: string, now: string): Script<LinkRecord | null> {
  return (yield* first(take, [hash, now])) ?? null
}

/** The library asks in a handful of shapes; each is one statement, made once. */
const statements = new Map<string, Statement<LoginRow>>()

function statement(text: string): Statement<LoginRow> {
  const known = statements.get(text) ?? sql<LoginRow>(text)
  statements.set(text, known)
  return known
}

const namesOf = (table: LoginTable) => LOGIN_TABLES[table].join(', ')

const valuesOf = (row: LoginRow) => Object.values(row)

const condition = (table: LoginTable, where: LoginRow) =>
  `where ${columnsOf(table, where)
    .map((column, index) => `${column} = $${index + 1}`)
    .join(' and ')}`

/** Names go into the text of a statement, so none but the table's own may. */
function columnsOf(table: LoginTable, row: LoginRow): string[] {
  const known: readonly string[] = LOGIN_TABLES[table]
  const names = Object.keys(row)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined || names.length === 0) throw new Error(`There is no column "${unknown}" in ${table}.`)
  return names
}
