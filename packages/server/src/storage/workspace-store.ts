import type { Page, ThreadMetadata } from '@parley/protocol'
import type { DurableStore, PageQuery, Scope } from './store.js'

/** What a key may do: `chat` talks to apps for users, `threads` reads and deletes what they wrote, `admin` sets things up. */
export const API_KEY_SCOPES = ['chat', 'threads', 'admin'] as const
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

/** A key of a workspace as it is stored: of the key itself there is only the hash. */
export interface ApiKeyRecord {
  id: string
  workspace_id: string
  name: string
  scopes: ApiKeyScope[]
  /** The one app it reaches. Absent: every app of the workspace. */
  app_id?: string
  /** The last characters of the key, by which a person knows it again. */
  ending: string
  created_at: string
  expires_at?: string
  /** To the minute. */
  last_used_at?: string
}

/** What a session's client secret allows, and what its app is told. */
export interface SessionRules {
  state_variables: Record<string, string | number | boolean>
  /** The version of the app. Absent: the newest. */
  version?: string
  tracing: boolean
  /** Whether a thread is named after its first message. */
  titling: boolean
  /** `null`: as many as one likes. */
  requests_per_minute: number | null
  /** `null`: the server's own limits. */
  uploads: { enabled: boolean; max_bytes: number | null; max_files: number | null }
  /** `recent_threads`: only so many of the newest are listed; `null`: all. */
  history: { enabled: boolean; recent_threads: number | null }
}

/** A session as it is stored: of its client secret there is only the hash. */
export interface SessionRecord {
  id: string
  workspace_id: string
  user_id: string
  /** The one app it reaches. Absent: every app of the workspace. */
  app_id?: string
  /** The name by which its maker called the app. */
  app_alias?: string
  created_at: string
  expires_at: string
  cancelled_at?: string
  rules: SessionRules
}

export type SessionStatus = 'active' | 'expired' | 'cancelled'

/** Which sessions of a workspace; `now` tells the expired from the active. */
export interface SessionFilter {
  userId?: string | undefined
  appId?: string | undefined
  status?: SessionStatus | undefined
  now: string
}

/** A thread together with whose it is. */
export interface OwnedThread {
  thread: ThreadMetadata
  owner: Scope
}

/** Which part of a workspace. A row outside of it does not exist. */
export interface Within {
  workspaceId: string
  appId?: string
  userId?: string
}

/** What a workspace has besides its users' own threads: the view over all of them, its API keys and its sessions. */
export interface WorkspaceStore {
  /** @throws {ParleyError} `thread_not_found` */
  findThread(threadId: string, within: Within): Promise<OwnedThread>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listThreads(page: PageQuery, within: Within): Promise<Page<OwnedThread>>

  addApiKey(key: ApiKeyRecord, hash: string): Promise<void>
  /** The key with this hash, of whatever workspace. */
  findApiKey(hash: string): Promise<ApiKeyRecord | null>
  /** Oldest first. */
  listApiKeys(workspaceId: string): Promise<ApiKeyRecord[]>
  /** Replaces the key and its hash: the old one is worth nothing any more. `false`: there is no such key. */
  replaceApiKey(key: ApiKeyRecord, hash: string): Promise<boolean>
  deleteApiKey(workspaceId: string, keyId: string): Promise<boolean>
  touchApiKey(workspaceId: string, keyId: string, usedAt: string): Promise<void>

  addSession(session: SessionRecord, hash: string): Promise<void>
  /** The session with this hash, of whatever workspace. */
  findSession(hash: string): Promise<SessionRecord | null>
  loadSession(workspaceId: string, sessionId: string): Promise<SessionRecord | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listSessions(workspaceId: string, page: PageQuery, filter: SessionFilter): Promise<Page<SessionRecord>>
  /** Cancels it, once and for good. `null`: there is no such session. */
  cancelSession(workspaceId: string, sessionId: string, now: string): Promise<SessionRecord | null>
  /** Counts one file of the session, unless there are `max` already: then `false`. Exact, however many ask at once. */
  countSessionFile(sessionId: string, max: number): Promise<boolean>
  /** Forgets sessions that expired before `time`. @returns how many */
  deleteSessionsExpiredBefore(time: string): Promise<number>
}

/** What a whole server needs of storage. */
export interface ServerStore extends DurableStore<Scope> {
  workspaces: WorkspaceStore
}
