import type { StreamLanguage } from '@parley/protocol/admin'
import type { ServerCaller } from '../../auth/access.js'
import type { Audit } from '../../auth/admin-audit.js'
import type { Principal } from '../../auth/principal.js'
import type { Clock } from '../../base/clock.js'
import type { WorkspaceApps } from '../../catalog/workspace-apps.js'
import type { Crons } from '../../crons/crons.js'
import type { ThreadCaller } from '../../engine/caller-threads.js'
import type { Call, Engine } from '../../engine/engine.js'
import type { UserThreads } from '../../engine/user-threads.js'
import type { UserValues } from '../../engine/user-values.js'
import type { RequestCost } from '../../http/rate-limits/rules.js'
import type { KnowledgeBases } from '../../knowledge/knowledge-bases.js'
import type { UserFiles } from '../../uploads/user-files.js'

/** What every route of this API is made of. */
export interface XpertParts<Context> {
  engine: Engine<Context>
  /** Threads of a user, whatever their app: most requests name a thread and no assistant. */
  threads: UserThreads
  apps: WorkspaceApps<Context>
  /** What users' clients keep in no thread. */
  values: UserValues
  /** @throws {ParleyError} `unauthorized` or `forbidden` */
  callerOf(request: Request): Promise<XpertCaller<Context>>
  /** Whether a run of this context is the caller's to read. */
  isOf(context: Context, caller: Principal): boolean
  knowledge: KnowledgeBases
  /** A server that looks after knowledge. @throws {ParleyError} `unauthorized` or `forbidden` */
  knowledgeCallerOf(request: Request): Promise<ServerCaller>
  /** Absent: this server keeps no files. */
  files: UserFiles<Context> | undefined
  /** Absent: this server signs no addresses, so that nobody gives feedback without a credential. */
  feedback: FeedbackAddresses<Context> | undefined
  /** The workspace that the caller may set up. @throws {ParleyError} `unauthorized` or `forbidden` */
  setUpBy(request: Request): Promise<string>
  /** Whether this server tells others how runs ended. */
  takesWebhooks: boolean
  /** Runs on a schedule. */
  crons: Crons
  audit: Audit
  clock: Clock
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown, request: Request, requestId: string): void
}

/** Whoever calls, with any of the credentials this API takes. */
export interface XpertCaller<Context> extends ThreadCaller<Context> {
  principal: Principal
  /** Where the caller reaches the server. */
  publicUrl: string
  /** A call to an app by its id or alias. @throws {ParleyError} `app_not_found`, also for an app the credential does not reach */
  callTo(app: string): Promise<Call<Context>>
  /**
   * The language that this caller is told the streams of an app in: what its key says, else what the app says.
   * `undefined`: neither says anything, or the app is gone.
   */
  languageOf(appId: string): Promise<StreamLanguage | undefined>
  /** Counts a request against the caller's limits. @throws {ParleyError} `rate_limited` */
  admit(cost: RequestCost): Promise<void>
}

/** Signed addresses at which anybody who holds one says what they think of a run. */
export interface FeedbackAddresses<Context> {
  addressOf(run: { id: string; threadId: string }, context: Context): Promise<string>
  /** A call in the name of whoever the run belongs to; `null`: nothing of this server signed the address, or too long ago. */
  callAt(request: Request, runId: string): Promise<Call<Context> | null>
}
