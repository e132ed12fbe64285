import { ParleyError } from '@parley/protocol'
import type { Caller } from '../app/caller.js'
import { createParley } from '../app/create-parley.js'
import type { ParleyOptions } from '../app/parley.js'
import type { ApiKeys } from '../auth/api-keys.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import { consoleLog, type Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { Tracer } from '../base/trace.js'
import { staticCatalog } from '../catalog/catalog.js'
import { type ChatKitHooks, runnableOf } from '../chatkit-server/hooks.js'
import { encodeError } from '../dialects/chatkit/index.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import type { LateRouteGroup, Route, RouteGroup } from '../http/route.js'
import type { SocketRoute } from '../http/socket-route.js'
import type { Runnable } from '../runnable/runnable.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import type { ServerStore } from '../storage/workspace-store.js'
import type { UploadOptions } from '../uploads/upload-store.js'

export interface TestParleyOptions
  extends Partial<ChatKitHooks<Caller>>,
    Pick<
      ParleyOptions,
      | 'apiKeys'
      | 'figures'
      | 'knowledge'
      | 'maxDocumentBytes'
      | 'appMaker'
      | 'keysAreOptional'
      | 'login'
      | 'maxSessionSeconds'
      | 'providers'
      | 'secrets'
      | 'mcpServers'
      | 'clock'
    > {
  /** The app as the engine knows it, instead of hooks. */
  app?: Runnable<Caller>
  /** Several apps by id; the first is the default. */
  apps?: Record<string, Runnable<Caller>>
  /** Apps that come and go. */
  catalog?: ParleyOptions['catalog']
  /** Default: SQLite in memory. */
  store?: ServerStore
  attachments?: AttachmentStore<Caller>
  uploads?: UploadOptions
  rateLimits?: ParleyOptions['rateLimits']
  peers?: ParleyOptions['peers']
  allowOrigin?(origin: string): boolean
  observer?: Observer
  tracer?: Tracer
  traces?: ParleyOptions['traces']
  /** Hears everything; what it is told as an error is in `reported` as well. */
  log?: Log
  /** Routes beside the server's own. */
  more?: Route[]
  /** The same, with errors in words of their own. */
  groups?: (RouteGroup | LateRouteGroup)[]
  guardedFetch?: GuardedFetch
}

export interface TestRequest {
  /** Who asks; default `alice`. `null`: nobody, who is refused. */
  as?: string | null
  /** Asks as Parley's own client does: with run events, event ids and the right to come back. */
  ours?: boolean
  headers?: Record<string, string>
}

/** A whole server in this process: no port, a fresh store, users by name. */
export interface TestParley {
  /** Any request; a body that is not a string or bytes is sent as JSON, and a body means POST. */
  fetch(path: string, body?: unknown, request?: TestRequest & { method?: string }): Promise<Response>
  /** One operation at `/api/chatkit`. */
  send(type: string, params: unknown, request?: TestRequest): Promise<Response>
  /** A request as it is. */
  handle(request: Request): Promise<Response>
  /** What a host that can opens as WebSockets. */
  sockets: SocketRoute[]
  /** Every address it answers. */
  groups: (RouteGroup | LateRouteGroup)[]
  /** The API keys of every workspace. */
  apiKeys: ApiKeys
  /** What the server reported as its own failure; empty when all went well. */
  reported: unknown[]
  /** What it noted in its log, a line each. */
  noted: { message: string; details?: Record<string, unknown> | undefined }[]
  /** What a server does by itself from its start on, such as runs on a schedule. */
  start(): Promise<unknown>
  close(): Promise<void>
}

/**
 * Starts a server for a test.
 *
 * @example
 * const parley = testParley({ respond: (thread) => streamText(thread, 'Hello') })
 * const events = await readEvents(await parley.send('threads.create', { input: userText('Hi') }))
 */
export function testParley(options: TestParleyOptions): TestParley {
  const reported: unknown[] = []
  const noted: TestParley['noted'] = []
  const server = createParley({
    store: options.store ?? sqliteStore(':memory:'),
    catalog: options.catalog ?? staticCatalog(options.apps ?? { demo: options.app ?? runnableOf(hooksOf(options)) }),
    attachments: options.attachments,
    uploads: options.uploads,
    guardedFetch: options.guardedFetch,
    rateLimits: options.rateLimits,
    peers: options.peers,
    authenticate,
    apiKeys: options.apiKeys,
    appMaker: options.appMaker,
    providers: options.providers,
    secrets: options.secrets,
    mcpServers: options.mcpServers,
    figures: options.figures,
    knowledge: options.knowledge,
    maxDocumentBytes: options.maxDocumentBytes,
    keysAreOptional: options.keysAreOptional,
    login: options.login,
    maxSessionSeconds: options.maxSessionSeconds,
    clock: options.clock,
    allowOrigin: options.allowOrigin ?? (() => true),
    observer: options.observer,
    tracer: options.tracer,
    traces: options.traces,
    more: [{ routes: options.more ?? [], encodeError }, ...(options.groups ?? [])],
    log: {
      ...(options.log ?? consoleLog),
      info(message, details) {
        noted.push({ message, details })
        options.log?.info(message, details)
      },
      error(message, details) {
        reported.push(details?.cause)
        options.log?.error(message, details)
      },
    },
  })
  const fetch: TestParley['fetch'] = (path, body, request = {}) =>
    server.fetch(
      new Request(`http://parley.test${path}`, {
        method: request.method ?? (body === undefined ? 'GET' : 'POST'),
        headers: headersOf(request, body),
        ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
      }),
    )
  return {
    fetch,
    handle: server.fetch,
    sockets: server.sockets,
    groups: server.groups,
    apiKeys: server.apiKeys,
    send: (type, params, request) => fetch('/api/chatkit', { type, params }, request),
    reported,
    noted,
    start: () => server.start(),
    close: () => server.close(0),
  }
}

const USER = 'x-test-user'

async function authenticate(request: Request) {
  const userId = request.headers.get(USER)
  if (userId === null) throw new ParleyError('unauthorized', 'Sign in first.')
  return { workspaceId: 'test', userId, method: 'development' as const }
}

function headersOf({ as = 'alice', ours, headers }: TestRequest, body: unknown): Record<string, string> {
  return {
    ...(as !== null && { [USER]: as }),
    ...(ours && { 'parley-client': 'test' }),
    ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
    ...headers,
  }
}

const isRaw = (body: unknown): body is string | Uint8Array | FormData =>
  typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData

function hooksOf(options: TestParleyOptions): ChatKitHooks<Caller> {
  const { respond } = options
  if (!respond) throw new TypeError('testParley needs `respond`, `app` or `apps`.')
  return { ...options, respond }
}
