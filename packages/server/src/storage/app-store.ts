import type { Page } from '@parley/protocol'
import type { AgentConfig, AppPresentation, StreamLanguage } from '@parley/protocol/admin'
import type { PageQuery } from './store.js'

/** An app of a workspace that is no code. What it is made of stands in its versions. */
export interface AppRecord {
  id: string
  workspace_id: string
  name: string
  description?: string
  /** Other names of it; of all ids and aliases of a workspace no two are the same. */
  aliases: string[]
  on_disconnect: 'cancel' | 'continue'
  /** How many answers are written at once, by all servers together. Absent: as many as are asked for. */
  max_concurrent_runs?: number
  /** The language of its event streams, where one address speaks two. Absent: as the request says. */
  stream_language?: StreamLanguage
  /** What servers note on it, to find it again. */
  metadata?: Record<string, unknown>
  /** How it presents itself to people. */
  presentation?: AppPresentation
  /** The version that answers. Counts from 1. */
  version: number
  created_at: string
  updated_at: string
}

/** An app and what one of its versions is made of. */
export interface StoredApp {
  app: AppRecord
  agent: AgentConfig
}

/** The apps of all workspaces. A version, once stored, never changes. */
export interface AppStore {
  /** Stores a new app with its first version. @throws {ParleyError} `conflict` when its id or an alias is taken */
  addApp(stored: StoredApp): Promise<void>
  /**
   * Replaces the app by what `change` makes of it; another `version` is stored beside the ones before. Of two changes at
   * once one sees the other's. @returns `null`: there is no such app. @throws {ParleyError} `conflict` as above
   */
  changeApp(workspaceId: string, appId: string, change: (stored: StoredApp) => StoredApp): Promise<StoredApp | null>
  /** By its id or an alias; its answering version, or `version`. */
  findApp(workspaceId: string, name: string, version?: number): Promise<StoredApp | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listApps(workspaceId: string, page: PageQuery): Promise<Page<StoredApp>>
  /** Removes it with its versions. Threads stay. `false`: there is no such app. */
  deleteApp(workspaceId: string, appId: string): Promise<boolean>
}
