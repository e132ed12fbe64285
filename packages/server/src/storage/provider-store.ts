import type { ModelPrices } from '@parley/protocol/admin'
import type { Collection } from './collection.js'

/** A model host of a workspace's own. */
export interface ProviderRecord {
  id: string
  workspace_id: string
  name: string
  base_url: string
  /** Its key, sealed. Absent: the host asks for none. */
  key?: { sealed: string; ending: string }
  /** What its models cost, where somebody said so. */
  prices?: ModelPrices
  created_at: string
  updated_at: string
}

/** The model hosts of all workspaces. */
export type ProviderStore = Collection<ProviderRecord>
