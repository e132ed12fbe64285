import type { Page } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import { recentlyChecked } from '../base/recently-checked.js'
import type { PageQuery } from '../storage/store.js'
import type { UserCounts, UserRecord, WorkspaceRecord, WorkspaceStore } from '../storage/workspace-store.js'

export type { OwnLimits, UserCounts, UserRecord, WorkspaceRecord } from '../storage/workspace-store.js'

/** What workspaces decide for themselves. */
export interface Workspaces {
  load(workspaceId: string): Promise<WorkspaceRecord>
  /** What `load` says, as it was a few seconds ago at most: for every request. */
  recall(workspaceId: string): Promise<WorkspaceRecord>
  /** Of two changes at once one sees the other's. */
  change(workspaceId: string, change: (workspace: WorkspaceRecord) => WorkspaceRecord): Promise<WorkspaceRecord>
}

/** Who has threads, files or sessions in a workspace. */
export interface WorkspaceUsers {
  list(workspaceId: string, page: PageQuery, search?: string): Promise<Page<UserRecord>>
  load(workspaceId: string, userId: string): Promise<UserCounts | null>
}

export function createWorkspaces(store: WorkspaceStore, clock: Clock): Workspaces {
  const recent = recentlyChecked<WorkspaceRecord>(clock)
  const load = async (id: string) => (await store.loadWorkspace(id)) ?? { id }
  return {
    load,
    // Never null: also that a workspace has decided nothing is worth remembering.
    recall: async (id) => (await recent.find(id, () => load(id))) ?? { id },
    async change(id, change) {
      const changed = await store.changeWorkspace(id, change)
      recent.forget(id)
      return changed
    },
  }
}

export const workspaceUsers = (store: WorkspaceStore): WorkspaceUsers => ({
  list: (workspaceId, page, search) => store.listUsers(workspaceId, page, search),
  load: (workspaceId, userId) => store.loadUser(workspaceId, userId),
})
