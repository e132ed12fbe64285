import type { Page } from '@parley/protocol'
import type { PageQuery } from './store.js'

/** Something a workspace keeps under an id of its own choosing. */
export interface CollectionRow {
  id: string
  workspace_id: string
}

/** The rows of one kind of all workspaces. What is secret of them is sealed before it comes here. */
export interface Collection<Row extends CollectionRow> {
  /** @throws {ParleyError} `conflict` when the id is taken */
  add(row: Row): Promise<void>
  load(workspaceId: string, id: string): Promise<Row | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  list(workspaceId: string, page: PageQuery): Promise<Page<Row>>
  /** Replaces it by what `change` makes of it; of two changes at once one sees the other's. `null`: there is none. */
  change(workspaceId: string, id: string, change: (row: Row) => Row): Promise<Row | null>
  delete(workspaceId: string, id: string): Promise<boolean>
  /** Of every workspace: for sealing anew. */
  every(): Promise<Row[]>
}
