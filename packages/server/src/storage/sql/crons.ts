import type { CronOwner, CronRecord, CronStore } from '../cron-store.js'
import { toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
}
interface Changed {
  sequence: Place
}

const OF_USER = 'workspace_id = $1 and user_id = $2'
const ONE = `${OF_USER} and id = $3`

const add = sql('insert into crons (workspace_id, user_id, id, next_run_at, document) values ($1, $2, $3, $4, $5)')
const load = sql<Row>(`select document from crons where ${ONE}`)
const list = sql<Row>(`select document from crons where ${OF_USER} order by sequence`)
const save = sql<Changed>(`update crons set next_run_at = $4, document = $5 where ${ONE} returning sequence`)
const claim = sql<Changed>(
  `update crons set next_run_at = $4, document = $5 where ${ONE} and next_run_at = $6 returning sequence`,
)
const remove = sql<Changed>(`delete from crons where ${ONE} returning sequence`)
const removeAll = sql<Changed>(`delete from crons where ${OF_USER} returning sequence`)
const due = sql<Row>(
  "select document from crons where next_run_at <> '' and next_run_at <= $1 order by next_run_at, sequence limit $2",
)

export const cronStore = ({ run, transaction }: SqlDriver): CronStore => ({
  add: (cron) => transaction(() => addCron(cron)),
  load: (id, owner) => run(() => loadOne(id, owner)),
  list: (owner) => run(() => read(list, keysOf(owner))),
  save: (cron) => run(() => change(save, valuesOf(cron))),
  delete: (id, owner) => run(() => change(remove, [...keysOf(owner), toKey(id)])),
  listDue: (now, limit) => run(() => read(due, [now, limit])),
  claim: (before, changed) => run(() => change(claim, [...valuesOf(changed), before.next_run_at ?? ''])),
})

/** With the user. */
export function* forgetCrons(workspaceId: string, userId: string): Script<void> {
  yield* all(removeAll, keysOf({ workspaceId, userId }))
}

function* addCron(cron: CronRecord): Script<void> {
  yield* rememberUser(cron.user_id)
  yield* all(add, valuesOf(cron))
}

function* change(statement: typeof save, values: (string | number)[]): Script<boolean> {
  return (yield* first(statement, values)) !== undefined
}

function* read(statement: typeof list, values: (string | number)[]): Script<CronRecord[]> {
  return (yield* all(statement, values)).map(toCron)
}

function* loadOne(id: string, owner: CronOwner): Script<CronRecord | null> {
  const row = yield* first(load, [...keysOf(owner), toKey(id)])
  return row ? toCron(row) : null
}

const keysOf = ({ workspaceId, userId }: CronOwner) => [toKey(workspaceId), toKey(userId)]

const valuesOf = (cron: CronRecord): string[] => [
  ...keysOf({ workspaceId: cron.workspace_id, userId: cron.user_id }),
  toKey(cron.id),
  cron.next_run_at ?? '',
  JSON.stringify(cron),
]

const toCron = ({ document }: Row) => JSON.parse(document) as CronRecord // written above
