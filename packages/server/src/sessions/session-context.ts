import type { SessionRecord } from '../storage/workspace-store.js'

/** What calls of a session are told apart by; absent for callers without a client secret. */
export interface SessionContext {
  session?: SessionRecord
}
