import type { LoginSession } from '../auth/admin-principal.js'
import type { ApiKeys, GivenApiKey } from '../auth/api-keys.js'
import type { Authenticate } from '../auth/principal.js'
import type { Clock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import type { Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { Peers } from '../base/peers.js'
import type { ServerFigures } from '../base/server-figures.js'
import type { RunRecorder, Tracer } from '../base/trace.js'
import type { Catalog } from '../catalog/catalog.js'
import type { AppMaker } from '../catalog/workspace-apps.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import type { RateLimiter } from '../http/rate-limits/rate-limiter.js'
import type { RateLimits } from '../http/rate-limits/rules.js'
import type { LateRouteGroup, RouteGroup } from '../http/route.js'
import type { SocketRoute } from '../http/socket-route.js'
import type { KnowledgeBases } from '../knowledge/knowledge-bases.js'
import type { Retention } from '../lifecycle/retention.js'
import type { UserData } from '../lifecycle/user-data.js'
import type { McpServers } from '../mcp-servers/mcp-servers.js'
import type { Providers } from '../providers/providers.js'
import type { Secrets } from '../secrets/secrets.js'
import type { ServerStore } from '../storage/workspace-store.js'
import type { UploadOptions } from '../uploads/upload-store.js'
import type { Caller } from './caller.js'

/** What a whole server is made of. */
export interface ParleyOptions {
  store: ServerStore
  /** The apps that come with the server. */
  catalog: Catalog<Caller>
  /** How apps that were made by the admin API run. Absent: the server runs those of the catalog alone. */
  appMaker?: AppMaker<Caller>
  /** Model hosts that workspaces bring along. Absent: none are taken. */
  providers?: Providers
  /** What tools of workspaces send. Absent: they keep none. */
  secrets?: Secrets
  /** Servers whose tools apps of workspaces may have. Absent: none. */
  mcpServers?: McpServers
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
  /** The servers this one works together with. Absent: it is alone. */
  peers?: Peers | undefined
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
  /** How long a caller of the ClickAI API may wait for a whole answer. Default: a minute. */
  blockingMs?: number
  /** Collects traces. Absent: there are none. */
  tracer?: Tracer
  /** Keeps what runs do for the people of the workspace, for so many days. Absent: nothing of it is kept. */
  traces?: { recorder: RunRecorder; days: number } | undefined
  /** Where runs say what went wrong; default: standard error. */
  log?: Log
  clock?: Clock
}

/** A whole server, without a port. */
export interface Parley {
  fetch(request: Request): Promise<Response>
  /** Every address it answers, and what is said of each. */
  groups: (RouteGroup | LateRouteGroup)[]
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
