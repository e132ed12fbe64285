import type { SessionRecord } from '../storage/workspace-store.js'

/** What calls of a session are told apart by; absent for callers without a client secret. */
export interface SessionContext {
  session?: SessionRecord
  /** What is made for this caller has ids that are UUIDs, as clients of that API expect. */
  uuids?: boolean
}
