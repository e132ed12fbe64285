import type { Scope } from './store.js'

/** Something an app remembers about a user, across threads. */
export interface Fact {
  id: string
  text: string
  created_at: string
}

/** What apps remember about their users: each of a user, an app and a workspace, like a thread. */
export interface FactStore {
  /** The oldest first. */
  loadFacts(owner: Scope): Promise<Fact[]>
  /** Replaces them by what `change` makes of them; of two changes at once one sees the other's. @returns what is kept now */
  changeFacts(owner: Scope, change: (facts: Fact[]) => Fact[]): Promise<Fact[]>
  /** Of a user in all apps, by the id of the app. */
  listFacts(workspaceId: string, userId: string): Promise<{ appId: string; facts: Fact[] }[]>
}
