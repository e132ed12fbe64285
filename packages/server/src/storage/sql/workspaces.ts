import type { WorkspaceRecord } from '../workspace-store.js'
import { toKey } from './keys.js'
import { all, first, type Script, sql } from './script.js'

const load = sql<{ document: string }>('select document from workspaces where id = $1')
const save = sql(
  'insert into workspaces (id, document) values ($1, $2) on conflict (id) do update set document = excluded.document',
)

export function* loadWorkspace(workspaceId: string): Script<WorkspaceRecord | null> {
  const row = yield* first(load, [toKey(workspaceId)])
  return row ? (JSON.parse(row.document) as WorkspaceRecord) : null // written by saveWorkspace
}

export function* saveWorkspace(workspace: WorkspaceRecord): Script<void> {
  yield* all(save, [toKey(workspace.id), JSON.stringify(workspace)])
}
