import type { Page } from '@parley/protocol'
import type { PageQuery } from './store.js'

/** A model host of a workspace's own. */
export interface ProviderRecord {
  id: string
  workspace_id: string
  name: string
  base_url: string
  /** Its key, sealed. Absent: the host asks for none. */
  key?: { sealed: string; ending: string }
  created_at: string
  updated_at: string
}

/** The model hosts of all workspaces. Keys are sealed before they come here. */
export interface ProviderStore {
  /** @throws {ParleyError} `conflict` when the id is taken */
  addProvider(provider: ProviderRecord): Promise<void>
  loadProvider(workspaceId: string, providerId: string): Promise<ProviderRecord | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listProviders(workspaceId: string, page: PageQuery): Promise<Page<ProviderRecord>>
  /** Replaces it by what `change` makes of it; of two changes at once one sees the other's. `null`: there is none. */
  changeProvider(
    workspaceId: string,
    providerId: string,
    change: (provider: ProviderRecord) => ProviderRecord,
  ): Promise<ProviderRecord | null>
  deleteProvider(workspaceId: string, providerId: string): Promise<boolean>
  /** Of every workspace: for sealing keys anew. */
  everyProvider(): Promise<ProviderRecord[]>
}
