import type { RunEndRecord, RunEndStore } from '../run-end-store.js'
import type { RunRecord, Scope } from '../store.js'
import { toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
}

const OF_USER = 'workspace_id = $1 and user_id = $2'
const ONE = `${OF_USER} and id = $3`

/** A run that waited and was ended since is told as it is now. */
const add = sql(
  `insert into run_ends (workspace_id, user_id, id, next_try_at, document) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, user_id, id) do update set next_try_at = excluded.next_try_at, document = excluded.document`,
)
const claim = sql<{ sequence: Place }>(
  `update run_ends set next_try_at = $4, document = $5 where ${ONE} and next_try_at = $6 returning sequence`,
)
const remove = sql(`delete from run_ends where ${ONE}`)
const removeAll = sql(`delete from run_ends where ${OF_USER}`)
const due = sql<Row>('select document from run_ends where next_try_at <= $1 order by next_try_at, sequence limit $2')

export const runEndStore = ({ run }: SqlDriver): RunEndStore => ({
  listDue: (now, limit) => run(() => readDue(now, limit)),
  claim: (before, changed) => run(() => take(before, changed)),
  delete: (end) => run(() => forget(end)),
})

/** With the end of the run, in its transaction. */
export function* addRunEnd(run: RunRecord, owner: Scope, now: string): Script<void> {
  const { workspaceId, userId, appId } = owner
  yield* rememberUser(userId)
  const id = `${run.id}/${run.attempt}`
  yield* all(add, valuesOf({ id, run, owner: { workspaceId, userId, appId }, tries: 0, next_try_at: now }))
}

function* forget(end: RunEndRecord): Script<void> {
  yield* all(remove, valuesOf(end).slice(0, 3))
}

/** With the user. */
export function* forgetRunEnds(workspaceId: string, userId: string): Script<void> {
  yield* all(removeAll, [toKey(workspaceId), toKey(userId)])
}

function* readDue(now: string, limit: number): Script<RunEndRecord[]> {
  return (yield* all(due, [now, limit])).map(({ document }) => JSON.parse(document) as RunEndRecord) // written below
}

function* take(before: RunEndRecord, changed: RunEndRecord): Script<boolean> {
  return (yield* first(claim, [...valuesOf(changed), before.next_try_at])) !== undefined
}

const valuesOf = (end: RunEndRecord): string[] => [
  toKey(end.owner.workspaceId),
  toKey(end.owner.userId),
  toKey(end.id),
  end.next_try_at,
  JSON.stringify(end),
]
