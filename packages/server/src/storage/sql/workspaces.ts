import type { WorkspaceRecord } from '../workspace-store.js'
import { toKey } from './keys.js'
import { all, first, type Script, sql } from './script.js'

const load = sql<{ document: string }>('select document from workspaces where id = $1')
/** Takes the row, a new one where there is none, so that of two changes at once one waits for the other. */
const take = sql<{ document: string }>(
  'insert into workspaces (id, document) values ($1, $2) on conflict (id) do update set id = excluded.id returning document',
)
const replace = sql('update workspaces set document = $2 where id = $1')

const next = sql<{ workspace_id: string }>(
  'select workspace_id from threads where workspace_id > $1 order by workspace_id limit 1',
)
const takeTurn = sql<{ name: string }>(
  `insert into leases (name, until) values ($1, $3)
   on conflict (name) do update set until = excluded.until where leases.until <= $2 returning name`,
)

export function* loadWorkspace(workspaceId: string): Script<WorkspaceRecord | null> {
  const row = yield* first(load, [toKey(workspaceId)])
  return row ? toWorkspace(row.document) : null
}

export function* changeWorkspace(
  id: string,
  change: (workspace: WorkspaceRecord) => WorkspaceRecord,
): Script<WorkspaceRecord> {
  const fresh = JSON.stringify({ id } satisfies WorkspaceRecord)
  const { document } = (yield* first(take, [toKey(id), fresh])) ?? { document: fresh }
  const changed = change(toWorkspace(document))
  yield* all(replace, [toKey(id), JSON.stringify(changed)])
  return changed
}

const toWorkspace = (document: string) => JSON.parse(document) as WorkspaceRecord // written by changeWorkspace

export function* nextWorkspace(after: string): Script<string | null> {
  return (yield* first(next, [after]))?.workspace_id ?? null
}

export function* takeLease(name: string, now: string, until: string): Script<boolean> {
  return (yield* first(takeTurn, [name, now, until])) !== undefined
}
