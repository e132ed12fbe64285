import { type Access, createAccess } from '../auth/access.js'
import { auditLog } from '../auth/admin-audit.js'
import type { LoginSession } from '../auth/admin-principal.js'
import { type ApiKeyScope, type ApiKeys, createApiKeys, type GivenApiKey } from '../auth/api-keys.js'
import { clientSecretOf } from '../auth/credential.js'
import type { Authenticate } from '../auth/principal.js'
import { createSessions } from '../auth/sessions.js'
import { createWorkspaces, workspaceUsers } from '../auth/workspaces.js'
import { type Clock, systemClock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import { consoleLog, type Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { ServerFigures } from '../base/server-figures.js'
import type { Tracer } from '../base/trace.js'
import type { Catalog } from '../catalog/catalog.js'
import { type AppMaker, type WorkspaceApps, workspaceApps } from '../catalog/workspace-apps.js'
import { encodeError as encodeAdminError } from '../dialects/admin/errors.js'
import type { AdminOptions } from '../dialects/admin/index.js'
import { ADMIN_PATH } from '../dialects/admin/path.js'
import { chatKitDialect } from '../dialects/chatkit/index.js'
import {
  DEFAULT_SESSION_SECONDS,
  hostedWorkflows,
  openAiHostedDialect,
  xpertSessionDialect,
} from '../dialects/openai-hosted/index.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import { createEngine } from '../engine/create-engine.js'
import { workspaceThreads } from '../engine/workspace-threads.js'
import { memoryRateLimiter } from '../http/rate-limits/memory-rate-limiter.js'
import type { RateLimiter } from '../http/rate-limits/rate-limiter.js'
import type { RateLimits } from '../http/rate-limits/rules.js'
import { tellRefusedOrigins } from '../http/refused-origins.js'
import type { LateRouteGroup, RouteGroup } from '../http/route.js'
import { createRouter } from '../http/router.js'
import type { SocketRoute } from '../http/socket-route.js'
import { createKnowledgeBases, type KnowledgeBases } from '../knowledge/knowledge-bases.js'
import { type Retention, retention } from '../lifecycle/retention.js'
import { type UserData, userData } from '../lifecycle/user-data.js'
import type { Providers } from '../providers/providers.js'
import { cancelledElsewhere } from '../sessions/cancelled-elsewhere.js'
import { oldSessions } from '../sessions/old-sessions.js'
import { sessionEngine } from '../sessions/session-engine.js'
import { sessionIds } from '../sessions/session-ids.js'
import type { Scope } from '../storage/store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { remoteImages } from '../uploads/remote-images.js'
import type { UploadOptions } from '../uploads/upload-store.js'
import { admission } from './admission.js'
import { type Caller, callOf } from './caller.js'
import { healthRoutes, type Part, type Phase } from './health.js'
import { openUploads } from './uploads.js'

/** What a whole server is made of. */
export interface ParleyOptions {
  store: ServerStore
  /** The apps that come with the server. */
  catalog: Catalog<Caller>
  /** How apps that were made by the admin API run. Absent: the server runs those of the catalog alone. */
  appMaker?: AppMaker<Caller>
  /** Model hosts that workspaces bring along. Absent: none are taken. */
  providers?: Providers
  /** What agents may search. Absent: it is made of texts alone, and searched by words. */
  knowledge?: KnowledgeBases
  /** The largest file that is taken as a document. Default: 20 MB. */
  maxDocumentBytes?: number
  /** Who calls without a client secret: by JWT, or everybody is one user in development. */
  authenticate: Authenticate
  /** Who is signed in to set the workspace up. Absent: that takes an API key. */
  login?: LoginSession
  /** Keys the server knows from its settings, besides those it makes itself. */
  apiKeys?: GivenApiKey[]
  /** Development: whoever `authenticate` lets in needs no API key. */
  keysAreOptional?: boolean
  /** The most seconds a session may live; default 600, as OpenAI's. */
  maxSessionSeconds?: number
  /** Keeps the bytes of attachments itself and serves them at signed addresses. */
  uploads?: UploadOptions
  /** Your own place for the bytes of attachments. Absent, and no `uploads`: none are taken. */
  attachments?: AttachmentStore<Caller>
  /** How other servers are reached on behalf of people and agents. Absent: pictures of allowed domains are not shown. */
  guardedFetch?: GuardedFetch
  /** How many requests a caller may send. Absent: as many as it likes, unless its session says otherwise. */
  rateLimits?: { limiter: RateLimiter; limits: RateLimits }
  /** Pages that may call from a browser, besides the server's own. */
  allowOrigin(origin: string): boolean
  /** More routes, e.g. the chat's browser files. */
  more?: (RouteGroup | LateRouteGroup)[]
  /** What `GET /api/chatkit/health` says beyond its defaults. */
  health?(): Record<string, unknown>
  /** Is told of every request and run, for metrics and logs. */
  observer?: Observer
  /** What the whole server does, for people of the workspace it belongs to. */
  figures?: { workspaceId: string; read(): ServerFigures }
  /** Days a thread is kept that nobody touches, where its workspace says nothing else. Absent: for ever. */
  retentionDays?: number
  /** Collects traces. Absent: there are none. */
  tracer?: Tracer
  /** Where runs say what went wrong; default: standard error. */
  log?: Log
  clock?: Clock
}

/** A whole server, without a port. */
export interface Parley {
  fetch(request: Request): Promise<Response>
  /** Addresses that a host which can should open as WebSockets. */
  sockets: SocketRoute[]
  /** The API keys of every workspace. */
  apiKeys: ApiKeys
  /** What is kept of one user: to take along, or to remove. */
  users: UserData
  /** Deletes threads that nobody has touched for too long. */
  retention: Retention
  /** Makes the place of files ready, ends what a crash left running, then `/readyz` says "ready". Call before serving. @returns how many runs were ended */
  start(): Promise<number>
  /** Refuses new runs, lets running ones end for `graceMs`, keeps what the rest has written. Everything else is still answered. */
  drain(graceMs?: number): Promise<void>
  /** The same, then closes the store: nothing is answered any more. */
  close(graceMs?: number): Promise<void>
}

/** Puts the parts together: storage, engine, apps and every API that clients speak. */
export function createParley(options: ParleyOptions): Parley {
  const { store, catalog, allowOrigin, log = consoleLog, clock = systemClock } = options
  const { workspaces } = store
  const { limiter = memoryRateLimiter(), limits = {} } = options.rateLimits ?? {}
  const ownRules = createWorkspaces(workspaces, clock)
  const admit = admission({ limiter, limits, workspaces: ownRules, observer: options.observer })
  const uploads = options.uploads && openUploads(options.uploads, { store, admit: admit.user, log })
  const bareEngine = createEngine<Caller>({
    store,
    attachments: options.attachments ?? uploads?.attachments,
    readImage: options.guardedFetch && remoteImages(options.guardedFetch),
    observer: options.observer,
    log,
    clock,
    ids: sessionIds(clock),
  })
  const engine = sessionEngine(bareEngine, workspaces)

  const sessions = createSessions(workspaces, {
    clock,
    onCancel: ({ id }) => bareEngine.cancelRunsOf(({ session }) => session?.id === id),
  })
  const old = oldSessions({ store: workspaces, clock, log })
  const elsewhere = cancelledElsewhere({ engine: bareEngine, store: workspaces, clock, log })
  const apiKeys = createApiKeys(workspaces, { clock, given: options.apiKeys ?? [] })
  const access = createAccess({
    sessions,
    apiKeys,
    authenticate: options.authenticate,
    login: options.login,
    keysAreOptional: options.keysAreOptional ?? false,
  })
  const knowledge = options.knowledge ?? createKnowledgeBases({ store: store.knowledge, clock, log })
  const apps = workspaceApps({ code: catalog, store: store.apps, maker: options.appMaker, clock })
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
    clock,
    log,
  })

  const report = (cause: unknown, request: Request, requestId: string) =>
    log.error('A request failed.', { method: request.method, path: new URL(request.url).pathname, requestId, cause })
  const serverOf = async (request: Request, scope: ApiKeyScope) =>
    admit.key(request, await access.server(request, scope), scope === 'admin' ? 'set up' : 'serve')
  const chatKit = chatKitDialect<Caller>({
    engine,
    callOf: calls.ofUser,
    sessionCallOf: calls.ofSession,
    admit: admit.user,
    health: options.health,
    report,
  })
  const maxSeconds = options.maxSessionSeconds ?? DEFAULT_SESSION_SECONDS
  const sessionParts = {
    sessions,
    findApp: apps.find,
    fileTypes: uploads?.types,
    maxSeconds,
    audit: auditLog(log),
    callerOf: (request: Request) => serverOf(request, 'chat'),
  }
  const hosted = openAiHostedDialect({
    sessions: sessionParts,
    threads: {
      threads: workspaceThreads(bareEngine, workspaces, callerFor),
      callerOf: (request) => serverOf(request, 'threads'),
    },
    files: {
      upload:
        uploads &&
        (async (request) =>
          clientSecretOf(request) === undefined
            ? uploads.takeForWorkspace(request, await serverOf(request, 'chat'))
            : uploads.take(request, (await calls.ofSession(request)).context)),
    },
    domains: { allowOrigin, sessionOf: access.session },
  })
  const workflows = hostedWorkflows({ apps, clock, callerOf: (request) => serverOf(request, 'admin') })
  const adminParts: AdminOptions = {
    principalOf: access.admin,
    limiter,
    audit: auditLog(log),
    apps,
    apiKeys,
    users: workspaceUsers(workspaces),
    userData: users,
    figures: options.figures,
    providers: options.providers,
    sessions,
    sessionSeconds: Math.min(DEFAULT_SESSION_SECONDS, maxSeconds),
    workspaces: ownRules,
    knowledge,
    maxDocumentBytes: options.maxDocumentBytes ?? 20 * 1024 * 1024,
    limits,
    retentionDays: options.retentionDays,
    clock,
    findApp: apps.find,
  }
  // Loaded with its first request: its schemas would cost every start their time.
  const admin: LateRouteGroup = {
    prefix: ADMIN_PATH,
    load: async () => (await import('../dialects/admin/index.js')).adminDialect(adminParts),
  }
  const contextOfFile = async (request: Request) =>
    (await calls.ofUser(request, new URL(request.url).searchParams.get('app') ?? undefined)).context

  let phase: Phase = 'starting'
  const drain = async (graceMs?: number) => {
    phase = 'stopping'
    uploads?.unsent.stop()
    old.stop()
    oldThreads.stop()
    elsewhere.stop()
    await knowledge.stop()
    await engine.close(graceMs)
  }
  return {
    sockets: chatKit.sockets ?? [],
    fetch: createRouter({
      // Files first: "files" below the endpoint would otherwise be the id of an app.
      groups: [
        { routes: uploads?.routes(contextOfFile) ?? [], encodeError: chatKit.encodeError },
        chatKit,
        hosted,
        workflows,
        xpertSessionDialect({ sessions: sessionParts }),
        admin,
        healthRoutes({ phase: () => phase, parts: partsOf(options), log, encodeError: chatKit.encodeError }),
        ...(options.more ?? []),
      ],
      cors: { allowOrigin },
      encodeError: (error, request) => {
        const { pathname } = new URL(request.url)
        if (pathname.startsWith(`${ADMIN_PATH}/`)) return encodeAdminError(error)
        return (pathname.startsWith('/v1/') ? hosted : chatKit).encodeError(error, request)
      },
      report,
      requestEnded: options.observer?.requestEnded,
      originRefused: tellRefusedOrigins(log),
      tracer: options.tracer,
    }),
    apiKeys,
    users,
    retention: oldThreads,
    async start() {
      await options.uploads?.files.prepare?.()
      const swept = await engine.sweep()
      await uploads?.unsent.start()
      await old.start()
      oldThreads.start()
      await sealAnew(options.providers, log)
      elsewhere.start()
      await knowledge.start()
      phase = 'serving'
      return swept
    },
    drain,
    async close(graceMs) {
      try {
        await drain(graceMs)
      } finally {
        await Promise.all([store.close(), limiter.close()])
      }
    },
  }
}

/** After a change of the encryption key. What cannot be opened stays as it is, and is of use once its key is back. */
async function sealAnew(providers: Providers | undefined, log: Log): Promise<void> {
  try {
    const count = (await providers?.sealAnew()) ?? 0
    if (count > 0) log.info('Keys of providers were encrypted with the new key.', { count })
  } catch (cause) {
    log.error('Keys of providers could not be encrypted with the new key.', { cause })
  }
}

/** Somebody whose data is looked after while they are not here. */
const callerFor = (owner: Scope): Caller => ({ ...owner, method: 'api_key', state: {} })

const callsOf = (access: Access, apps: WorkspaceApps<Caller>) => ({
  ofUser: async (request: Request, appId?: string) =>
    callOf(await access.user(request), { apps, request, ...(appId !== undefined && { appId }) }),
  ofSession: async (request: Request) => callOf(await access.session(request), { apps, request }),
})

/** What has to answer for the server to answer. */
function partsOf({ store, uploads, rateLimits }: ParleyOptions): Record<string, Part> {
  const { files } = uploads ?? {}
  const { limiter } = rateLimits ?? {}
  return {
    database: { check: () => store.check() },
    ...(files?.check && { files: { check: () => files.check?.() ?? Promise.resolve() } }),
    ...(limiter?.check && {
      redis: {
        check: () => limiter.check?.() ?? Promise.resolve(),
        without: 'Until it does, each server counts rate limits for itself.',
      },
    }),
  }
}
