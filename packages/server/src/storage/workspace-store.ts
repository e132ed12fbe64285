import type { Attachment, Page, ThreadMetadata } from '@parley/protocol'
import type { StreamLanguage } from '@parley/protocol/admin'
import type { AnnotationRecord } from './annotation-store.js'
import type { AppStore } from './app-store.js'
import type { Collection } from './collection.js'
import type { CronStore } from './cron-store.js'
import type { FactStore } from './fact-store.js'
import type { FeedbackStore, OwnedFeedback } from './feedback-store.js'
import type { KnowledgeFileRecord, KnowledgeStore, KnowledgeTagRecord } from './knowledge-store.js'
import type { LoginStore } from './login-store.js'
import type { McpServerStore } from './mcp-server-store.js'
import type { ProviderStore } from './provider-store.js'
import type { RunEndStore } from './run-end-store.js'
import type { SecretStore } from './secret-store.js'
import type { DurableStore, PageQuery, RunRecord, Scope } from './store.js'
import type { TraceStore } from './trace-store.js'
import type { ValueStore } from './value-store.js'

/**
 * What a key may do: `chat` talks to apps for users, `threads` reads and deletes what they wrote, `knowledge` looks after
 * knowledge bases, `admin` sets things up.
 */
export const API_KEY_SCOPES = ['chat', 'threads', 'knowledge', 'admin'] as const
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

/** A key of a workspace as it is stored: of the key itself there is only the hash. */
export interface ApiKeyRecord {
  id: string
  workspace_id: string
  name: string
  scopes: ApiKeyScope[]
  /** The one app it reaches. Absent: every app of the workspace. */
  app_id?: string
  /** The language of its callers' event streams, where one address speaks two. Absent: as the app says. */
  stream_language?: StreamLanguage
  /** The last characters of the key, by which a person knows it again. */
  ending: string
  created_at: string
  expires_at?: string
  /** To the minute. */
  last_used_at?: string
  /** The key it was before its last rotation, and how long that one still works. */
  previous?: { ending: string; expires_at: string }
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
  /** `null`: the server's own limits. `types`: media types; absent: all. */
  uploads: { enabled: boolean; max_bytes: number | null; max_files: number | null; types?: readonly string[] }
  /** `recent_threads`: only so many of the newest are listed; `null`: all. */
  history: { enabled: boolean; recent_threads: number | null }
  /** That of the key it was made with. */
  stream_language?: StreamLanguage
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

/** A thread and what ran on it last. */
export interface ActiveThread {
  thread: ThreadMetadata
  run?: RunRecord
}

/** Threads by when something last ran on them, or by when they were made. */
export interface ActivityQuery extends PageQuery {
  by: 'activity' | 'creation'
}

/** A file together with whose it is. */
export interface OwnedAttachment {
  attachment: Attachment
  owner: Scope
}

/** Where the next page of files starts: behind this one. */
export interface AttachmentPlace {
  appId: string
  id: string
}

/** Which part of a workspace. A row outside of it does not exist. */
export interface Within {
  workspaceId: string
  appId?: string
  userId?: string
}

/** `null`: no limit. */
export interface OwnLimits {
  requests_per_minute: number | null
  requests_per_day: number | null
}

/** What a workspace decides for itself. */
export interface WorkspaceRecord {
  id: string
  name?: string
  /** How many requests all its users together may send. Absent: what the server is set up for; `null`: no limit. */
  rate_plan?: OwnLimits
  /** The same for each person, and for each API key. */
  user_limits?: OwnLimits
  key_limits?: OwnLimits
  /** Days a thread is kept that nobody touches. Absent: what the server is set up for; `null`: for ever. */
  retention_days?: number | null
  /** By the id of an app: whether it gives the answers that somebody wrote. */
  annotation_replies?: Record<string, AnnotationReply>
}

/** Whether an app answers with what somebody wrote, and how close a question has to be (0 to 1). */
export interface AnnotationReply {
  enabled: boolean
  threshold: number
  /** What was last asked: to turn it on, or off. */
  job: { id: string; action: 'enable' | 'disable' }
}

/** Somebody with threads, files or sessions in a workspace, and when they were here. */
export interface UserRecord {
  id: string
  threads: number
  first_seen_at?: string
  last_active_at?: string
}

/** A user and how much is kept of them. */
export interface UserCounts extends UserRecord {
  items: number
  runs: number
  files: number
  sessions: number
}

/** Whose a file is that a server uploaded by its key, until somebody sends it; no user and no app has this id. */
export const NOBODY = ''

/** What a workspace has besides its users' own threads: the view over all of them, its API keys and its sessions. */
export interface WorkspaceStore {
  /** @throws {ParleyError} `thread_not_found` */
  findThread(threadId: string, within: Within): Promise<OwnedThread>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listThreads(page: PageQuery, within: Within): Promise<Page<OwnedThread>>
  /** Gives a thread that no app has run on to another app. `false`: there is none, or an app has run on it. */
  moveThread(threadId: string, owner: Scope, appId: string): Promise<boolean>
  /**
   * Threads of everybody whose time (`ttl_minutes`) may be over, the longest over first; none on which something runs or
   * waits for its turn. What happened since their notes were written may have given them more time.
   */
  listExpiring(now: string, limit: number): Promise<OwnedThread[]>
  /** Does not list it again before `until`, unless its notes change. */
  deferExpiry(threadId: string, owner: Scope, until: string): Promise<void>

  /** The threads of one person in one app. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listActiveThreads(query: ActivityQuery, owner: Scope): Promise<Page<ActiveThread>>

  /** `null`: it has decided nothing. */
  loadWorkspace(workspaceId: string): Promise<WorkspaceRecord | null>
  /** Replaces it by what `change` makes of it; of two changes at once one sees the other's. */
  changeWorkspace(
    workspaceId: string,
    change: (workspace: WorkspaceRecord) => WorkspaceRecord,
  ): Promise<WorkspaceRecord>
  /** The next workspace with threads, in the order of ids; `null` behind the last. */
  nextWorkspace(after: string): Promise<string | null>
  /** Takes turns at what one server does for all: of those who ask before `until`, one gets it. Times are ISO 8601. */
  takeLease(name: string, now: string, until: string): Promise<boolean>

  /** By id. `after` may be an id that nobody has; `search` is a part of the id in small letters. */
  listUsers(workspaceId: string, page: PageQuery, search?: string): Promise<Page<UserRecord>>
  /** `null`: there is nothing of this user. */
  loadUser(workspaceId: string, userId: string): Promise<UserCounts | null>
  /** The next `limit` files of a user in all apps, those included that a sweep is taking away. */
  listAttachments(
    workspaceId: string,
    userId: string,
    page: { limit: number; after?: AttachmentPlace },
  ): Promise<OwnedAttachment[]>
  /** What users think of answers, by creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listFeedback(page: PageQuery, within: Within): Promise<Page<OwnedFeedback>>
  /** Removes the user's sessions and values and, once nothing else is left of the user, the name. @returns how many sessions */
  forgetUser(workspaceId: string, userId: string): Promise<number>

  addApiKey(key: ApiKeyRecord, hash: string): Promise<void>
  /** The key that has this hash, or had it before its last rotation (`isPrevious`), of whatever workspace. */
  findApiKey(hash: string): Promise<{ key: ApiKeyRecord; isPrevious: boolean } | null>
  loadApiKey(workspaceId: string, keyId: string): Promise<ApiKeyRecord | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listApiKeys(workspaceId: string, page: PageQuery): Promise<Page<ApiKeyRecord>>
  /**
   * Replaces the key by what `change` makes of it; of two changes at once one sees the other's. `hash`: that of its new
   * secret. The old one is still found as the previous when the record has a `previous`; one that was previous before is
   * not. `null`: there is no such key.
   */
  changeApiKey(
    workspaceId: string,
    keyId: string,
    change: (key: ApiKeyRecord) => ApiKeyRecord,
    hash?: string,
  ): Promise<ApiKeyRecord | null>
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
  /** The file of some user of an app; `null`: there is none. */
  findAttachment(attachmentId: string, workspaceId: string, appId: string): Promise<Attachment | null>
  /** A file of a user, in whatever app; `null`: the user has none of this id. */
  findUsersAttachment(
    attachmentId: string,
    user: { workspaceId: string; userId: string },
  ): Promise<OwnedAttachment | null>
  /**
   * Gives a file of nobody's ({@link NOBODY}) to whoever sends it first, if it is of this workspace and of this app or of
   * none; to a user, also the user's own that is of no app. Nothing happens to every other id.
   */
  claimAttachment(attachmentId: string, owner: Scope): Promise<void>
  /** Counts one file of the session, unless there are `max` already: then `false`. Exact, however many ask at once. */
  countSessionFile(sessionId: string, max: number): Promise<boolean>
  /** Forgets sessions that expired before `time`. @returns how many */
  deleteSessionsExpiredBefore(time: string): Promise<number>
}

/** What a whole server needs of storage. */
export interface ServerStore extends DurableStore<Scope> {
  workspaces: WorkspaceStore
  apps: AppStore
  providers: ProviderStore
  secrets: SecretStore
  knowledgeTags: Collection<KnowledgeTagRecord>
  knowledgeFiles: Collection<KnowledgeFileRecord>
  annotations: Collection<AnnotationRecord>
  mcpServers: McpServerStore
  knowledge: KnowledgeStore
  feedback: FeedbackStore<Scope>
  values: ValueStore
  crons: CronStore
  runEnds: RunEndStore
  /** Asks the database for a sign of life. @throws {ParleyError} `unavailable` */
  check(): Promise<void>
  logins: LoginStore
  traces: TraceStore
  facts: FactStore
}
