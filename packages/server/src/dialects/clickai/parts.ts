import type { AppMode, Attachment, Page } from '@parley/protocol'
import type { Annotations } from '../../annotations/annotations.js'
import type { AppCaller } from '../../auth/access.js'
import type { Clock } from '../../base/clock.js'
import type { AnyApp } from '../../catalog/workspace-apps.js'
import type { Call, Engine, FeedbackRecord, NotedThread, RunRecord } from '../../engine/engine.js'
import type { DatasetParts } from './datasets/index.js'
import { failure } from './errors.js'

/** Where the bytes of files are kept. */
export interface ClickAiFiles<Context> {
  maxBytes: number
  /** Keeps a file for its sender. */
  keep(file: File, call: Call<Context>): Promise<Attachment>
  /** Keeps a file of another server. @throws {ParleyError} `invalid_request` when it cannot be had */
  keepRemote(url: string, call: Call<Context>): Promise<Attachment>
  /** A file of the caller's. @throws {ParleyError} `attachment_not_found` */
  load(fileId: string, call: Call<Context>): Promise<Attachment>
  /** The file of some user of the app. */
  find(fileId: string, app: AppCaller): Promise<Attachment | null>
  /** Its bytes; `null` when they have gone. */
  open(fileId: string): Promise<ReadableStream<Uint8Array> | null>
}

/** Which conversations, in which order. */
export interface ConversationQuery {
  by: 'activity' | 'creation'
  order: 'asc' | 'desc'
  limit: number
  after?: string
}

/** A run, and whose it is. */
export interface OwnedRun {
  run: RunRecord
  userId: string
}

/** Which runs; times are ISO 8601. */
export interface RunQuery {
  userId?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

/** What the routes of this API stand on. */
export interface ClickAiParts<Context> {
  engine: Engine<Context>
  /** Whose key it is; counted against what that key and its workspace may do. @throws {ParleyError} `unauthorized` */
  appOf(request: Request): Promise<AppCaller>
  /** A user of that app. @throws {ParleyError} `app_not_found` once the app has gone */
  callOf(request: Request, app: AppCaller, userId: string): Promise<Call<Context>>
  /** All that is known of the app of a key. @throws {ParleyError} `app_not_found` */
  loadApp(app: AppCaller): Promise<AnyApp<Context>>
  /** Answers that people wrote for questions. */
  annotations: Annotations
  /** Knowledge, for those who hold a key of that kind. */
  datasets: DatasetParts
  /** The conversations of the caller. @throws {ParleyError} `invalid_cursor` */
  conversations(call: Call<Context>, query: ConversationQuery): Promise<Page<{ thread: NotedThread; run?: RunRecord }>>
  /** A run of some user of the app; `null`: the app has none of this id. */
  findRun(app: AppCaller, runId: string): Promise<OwnedRun | null>
  /** Runs of the app, the newest first. @throws {ParleyError} `invalid_cursor` */
  listRuns(
    app: AppCaller,
    which: RunQuery,
    page: { limit: number; after?: string | undefined },
  ): Promise<Page<OwnedRun>>
  /** What users think of an app, newest first. */
  feedback(
    app: AppCaller,
    part: { offset: number; limit: number },
  ): Promise<{ feedback: FeedbackRecord; owner: { userId: string; appId: string } }[]>
  /** `null`: nobody of this name has been here. */
  endUser(app: AppCaller, userId: string): Promise<{ firstSeenAt: string; lastActiveAt: string } | null>
  /** Absent: this server keeps no files. */
  files?: ClickAiFiles<Context> | undefined
  /** How long an answer may take whose caller waits for all of it. */
  blockingMs: number
  clock: Clock
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown, request: Request, requestId: string): void
}

export const modeOf = ({ app }: Pick<Call<never>, 'app'>): AppMode => app.mode ?? 'chat'

/** Conversations are what apps of these kinds have, and no others. */
export function assertChat(call: Pick<Call<never>, 'app'>): void {
  const mode = modeOf(call)
  if (mode === 'completion' || mode === 'workflow') throw failure('not_chat_app', WRONG_ROUTE)
}

/** Runs, logs and forms are what apps have that run a graph. */
export function assertGraph(call: Pick<Call<never>, 'app'>): void {
  if (!isGraph(modeOf(call))) throw failure('not_workflow_app', WRONG_ROUTE)
}

export const isGraph = (mode: AppMode): boolean => mode === 'advanced-chat' || mode === 'workflow'

export const WRONG_ROUTE = 'Please check if your app mode matches the right API route.'
