import { createAnnotations } from '../annotations/annotations.js'
import { withAnnotations } from '../annotations/with-annotations.js'
import { type Access, createAccess } from '../auth/access.js'
import { auditLog } from '../auth/admin-audit.js'
import { type ApiKeyScope, createApiKeys } from '../auth/api-keys.js'
import { onlyAppOf } from '../auth/principal.js'
import { createSessions, DEFAULT_SESSION_SECONDS } from '../auth/sessions.js'
import { createWorkspaces } from '../auth/workspaces.js'
import { systemClock } from '../base/clock.js'
import { consoleLog } from '../base/log.js'
import { noPeers } from '../base/peers.js'
import { type WorkspaceApps, workspaceApps } from '../catalog/workspace-apps.js'
import { createEngine } from '../engine/create-engine.js'
import type { Engine } from '../engine/engine.js'
import { memoryRateLimiter } from '../http/rate-limits/memory-rate-limiter.js'
import { createKnowledgeBases } from '../knowledge/knowledge-bases.js'
import { expirySweep } from '../lifecycle/expiry-sweep.js'
import { retention } from '../lifecycle/retention.js'
import { userData } from '../lifecycle/user-data.js'
import { cancelledElsewhere } from '../sessions/cancelled-elsewhere.js'
import { oldSessions } from '../sessions/old-sessions.js'
import { sessionEngine } from '../sessions/session-engine.js'
import { sessionIds } from '../sessions/session-ids.js'
import type { Scope } from '../storage/store.js'
import { remoteImages } from '../uploads/remote-images.js'
import type { Webhooks } from '../webhooks/webhooks.js'
import { admission } from './admission.js'
import { callKeeper } from './call-keeper.js'
import { type Caller, callOf } from './caller.js'
import type { ParleyOptions } from './parley.js'
import { runWebhooks } from './run-webhooks.js'
import { openUploads } from './uploads.js'

/** What every API of a server is made of. */
export type ServerParts = ReturnType<typeof assembleParts>

/** Puts together what is behind the APIs: engine, apps, knowledge, who may call, and what tidies up by itself. */
export function assembleParts(options: ParleyOptions) {
  const { store, catalog, log = consoleLog, clock = systemClock } = options
  const { workspaces } = store
  const { limiter = memoryRateLimiter(), limits = {} } = options.rateLimits ?? {}
  const peers = options.peers ?? noPeers()
  const ownRules = createWorkspaces(workspaces, clock)
  const admit = admission({ limiter, limits, workspaces: ownRules, observer: options.observer })
  const uploads = options.uploads && openUploads(options.uploads, { store, admit: admit.user, log })
  const sessions = createSessions(workspaces, {
    clock,
    onCancel: ({ id }) => bareEngine.cancelRunsOf(({ session }) => session?.id === id),
  })
  const old = oldSessions({ store: workspaces, clock, log })
  const apiKeys = createApiKeys(workspaces, { clock, given: options.apiKeys ?? [] })
  const access = createAccess({
    sessions,
    apiKeys,
    authenticate: options.authenticate,
    login: options.login,
    keysAreOptional: options.keysAreOptional ?? false,
  })
  const sources = options.uploads && { files: options.uploads.files, records: store.knowledgeFiles }
  const knowledge = options.knowledge ?? createKnowledgeBases({ store: store.knowledge, sources, clock, log })
  const annotations = createAnnotations({
    store: store.annotations,
    workspaces: ownRules,
    embedder: knowledge.embedder,
    clock,
    log,
  })
  const apps = withAnnotations(
    workspaceApps({ code: catalog, store: store.apps, maker: options.appMaker, clock }),
    annotations,
  )
  const webhooks: Webhooks | undefined =
    options.guardedFetch &&
    runWebhooks({ store, guardedFetch: options.guardedFetch, clock, log, engine: () => bareEngine })
  const bareEngine: Engine<Caller> = createEngine<Caller>({
    store,
    attachments: options.attachments ?? uploads?.attachments,
    feedback: store.feedback,
    calls: callKeeper({ apps, apiKeys, workspaces }),
    tellEnds: webhooks?.tick,
    readImage: options.guardedFetch && remoteImages(options.guardedFetch),
    observer: options.observer,
    peers,
    recorder: options.traces?.recorder,
    log,
    clock,
    ids: sessionIds(clock),
  })
  const engine = sessionEngine(bareEngine, workspaces)

  const elsewhere = cancelledElsewhere({ engine: bareEngine, store: workspaces, clock, log })
  const calls = callsOf(access, apps)
  const users = userData<Caller>({
    store,
    engine: bareEngine,
    sessions,
    attachments: options.attachments ?? uploads?.attachments,
    openFile: options.attachments ? undefined : uploads?.open,
    contextOf: callerFor,
    clock,
  })
  const oldThreads = retention<Caller>({
    store,
    engine: bareEngine,
    contextOf: callerFor,
    days: options.retentionDays,
    traceDays: options.traces?.days,
    clock,
    log,
  })

  const expired = expirySweep<Caller>({ store, engine: bareEngine, contextOf: callerFor, clock, log })

  const report = (cause: unknown, request: Request, requestId: string) =>
    log.error('A request failed.', { method: request.method, path: new URL(request.url).pathname, requestId, cause })
  const serverOf = async (request: Request, scope: ApiKeyScope) =>
    admit.key(request, await access.server(request, scope), scope === 'admin' ? 'set up' : 'serve')

  return {
    options,
    store,
    log,
    clock,
    limiter,
    limits,
    peers,
    workspaces: ownRules,
    admit,
    uploads,
    bareEngine,
    engine,
    sessions,
    oldSessions: old,
    cancelledElsewhere: elsewhere,
    apiKeys,
    access,
    knowledge,
    annotations,
    apps,
    calls,
    users,
    oldThreads,
    expired,
    webhooks,
    report,
    serverOf,
    audit: auditLog(log),
    maxDocumentBytes: options.maxDocumentBytes ?? DEFAULT_DOCUMENT_BYTES,
    maxSessionSeconds: options.maxSessionSeconds ?? DEFAULT_SESSION_SECONDS,
  }
}

const DEFAULT_DOCUMENT_BYTES = 20 * 1024 * 1024

/** Somebody whose data is looked after while they are not here. */
export const callerFor = (owner: Scope): Caller => ({ ...owner, method: 'api_key', state: {} })

const callsOf = (access: Access, apps: WorkspaceApps<Caller>) => ({
  ofUser: async (request: Request, appId?: string) =>
    callOf(await access.user(request), { apps, request, ...(appId !== undefined && { appId }) }),
  ofSession: async (request: Request, appId?: string) => {
    const principal = await access.session(request)
    return callOf(principal, { apps, request, appId: onlyAppOf(principal) ?? appId })
  },
})
