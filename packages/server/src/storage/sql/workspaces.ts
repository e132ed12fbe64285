import type { WorkspaceRecord } from '../workspace-store.js'
import { toKey } from './keys.js'
import { all, first, type Script, sql } from './script.js'

const load = sql<{ document: string }>('select document from workspaces where id = $1')
const save = sql(
  'insert into workspaces (id, document) values ($1, $2) on conflict (id) do update set document = excluded.document',
)

const next = sql<{ workspace_id: string }>(
  'select workspace_id from threads where workspace_id > $1 order by workspace_id limit 1',
)
const take = sql<{ name: string }>(
  `insert into leases (name, until) values ($1, $3)
   on conflict (name) do update set until = excluded.until where leases.until <= $2 returning name`,
)

export function* loadWorkspace(workspaceId: string): Script<WorkspaceRecord | null> {
  const row = yield* first(load, [toKey(workspaceId)])
  return row ? (JSON.parse(row.document) as WorkspaceRecord) : null // written by saveWorkspace
}

export function* saveWorkspace(workspace: WorkspaceRecord): Script<void> {
  yield* all(save, [toKey(workspace.id), JSON.stringify(workspace)])
}

export function* nextWorkspace(after: string): Script<string | null> {
  return (yield* first(next, [after]))?.workspace_id ?? null
}

export function* takeLease(name: string, now: string, until: string): Script<boolean> {
  return (yield* first(take, [name, now, until])) !== undefined
}
