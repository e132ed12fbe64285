import { ParleyError } from '@parley/protocol'
import type { Authenticate, Principal } from '../auth/principal.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import { consoleLog, type Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { Catalog } from '../catalog/catalog.js'
import { chatKitDialect } from '../dialects/chatkit/index.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import { createEngine } from '../engine/create-engine.js'
import type { Engine } from '../engine/engine.js'
import { type RateLimiter, rateHeaders } from '../http/rate-limits/rate-limiter.js'
import { type RateLimits, type RequestCost, rulesFor } from '../http/rate-limits/rules.js'
import type { RouteGroup } from '../http/route.js'
import { createRouter } from '../http/router.js'
import type { SocketRoute } from '../http/socket-route.js'
import type { DurableStore, Scope } from '../storage/store.js'
import { remoteImages } from '../uploads/remote-images.js'
import { fileRoutes } from '../uploads/routes.js'
import { createSigner } from '../uploads/signed-urls.js'
import { DEFAULT_KEEP_UNSENT_MS, unsentFiles } from '../uploads/unsent-files.js'
import { type UploadContext, type UploadOptions, uploadStore } from '../uploads/upload-store.js'
import { healthRoutes } from './health.js'

/** The context of every call: who it is, and which app's threads it may touch. */
export type Caller = Principal & UploadContext

/** What a whole server is made of. */
export interface ParleyOptions {
  store: DurableStore<Scope>
  catalog: Catalog<Caller>
  authenticate: Authenticate
  /** Keeps the bytes of attachments itself and serves them at signed addresses. */
  uploads?: UploadOptions
  /** Your own place for the bytes of attachments. Absent, and no `uploads`: none are taken. */
  attachments?: AttachmentStore<Caller>
  /** How other servers are reached on behalf of people and agents. Absent: pictures of allowed domains are not shown. */
  guardedFetch?: GuardedFetch
  /** How many requests a caller may send. Absent: as many as it likes. */
  rateLimits?: { limiter: RateLimiter; limits: RateLimits }
  /** Pages that may call from a browser, besides the server's own. */
  allowOrigin(origin: string): boolean
  /** More routes, e.g. the chat's browser files. */
  more?: RouteGroup[]
  /** What `GET /api/chatkit/health` says beyond its defaults. */
  health?(): Record<string, unknown>
  /** Is told of every request and run, for metrics and logs. */
  observer?: Observer
  /** Where runs say what went wrong; default: standard error. */
  log?: Log
}

/** A whole server, without a port. */
export interface Parley {
  fetch(request: Request): Promise<Response>
  /** Addresses that a host which can should open as WebSockets. */
  sockets: SocketRoute[]
  /** Makes the place of files ready, ends what a crash left running, then `/healthz` says "ok". Call before serving. @returns how many runs were ended */
  start(): Promise<number>
  /** Refuses new runs, lets running ones end for `graceMs`, keeps what the rest has written, closes the store. */
  close(graceMs?: number): Promise<void>
}

/** Puts the parts together: storage, engine, apps and every API that clients speak. */
export function createParley(options: ParleyOptions): Parley {
  const { store, log = consoleLog } = options
  const uploads = options.uploads && createUploads(options, options.uploads)
  const engine = createEngine<Caller>({
    store,
    attachments: options.attachments ?? uploads?.store,
    readImage: options.guardedFetch && remoteImages(options.guardedFetch),
    observer: options.observer,
    log,
  })
  const report = (cause: unknown, request: Request, requestId: string) =>
    log.error('A request failed.', { method: request.method, path: new URL(request.url).pathname, requestId, cause })
  let ready = false
  const chatKit = chatKitDialect<Caller>({
    engine,
    callOf: (request, appId) => callOf(options, request, appId),
    admit: options.rateLimits && admission(options.rateLimits),
    health: options.health,
    report,
  })
  return {
    sockets: chatKit.sockets ?? [],
    fetch: createRouter({
      // Files first: "files" below the endpoint would otherwise be the id of an app.
      groups: [
        { routes: uploads?.routes ?? [], encodeError: chatKit.encodeError },
        chatKit,
        healthRoutes(() => ready, chatKit.encodeError),
        ...(options.more ?? []),
      ],
      cors: { allowOrigin: options.allowOrigin },
      encodeError: chatKit.encodeError,
      report,
      requestEnded: options.observer?.requestEnded,
    }),
    async start() {
      await options.uploads?.files.prepare?.()
      const swept = await engine.sweep()
      await uploads?.unsent.start()
      ready = true
      return swept
    },
    async close(graceMs) {
      ready = false
      uploads?.unsent.stop()
      await closeAll(engine, options, graceMs)
    },
  }
}

function createUploads(options: ParleyOptions, { files, key, keepUnsentMs, ...limits }: UploadOptions) {
  const signer = createSigner(key)
  const store = uploadStore({ files, signer, ...limits })
  const contextOf = async (request: Request) =>
    (await callOf(options, request, new URL(request.url).searchParams.get('app') ?? undefined)).context
  return {
    store,
    routes: fileRoutes({ store: options.store, files, signer, uploads: store, contextOf }),
    unsent: unsentFiles({
      store: options.store,
      files,
      clock: store.clock,
      log: options.log ?? consoleLog,
      keepMs: keepUnsentMs ?? DEFAULT_KEEP_UNSENT_MS,
    }),
  }
}

async function callOf({ authenticate, catalog }: ParleyOptions, request: Request, appId = catalog.defaultAppId) {
  const principal = await authenticate(request)
  const found = catalog.find(appId)
  if (!found) throw new ParleyError('app_not_found', `There is no app "${appId}" here.`)
  return { app: found.app, context: { ...principal, appId: found.id, publicUrl: publicUrlOf(request) } }
}

/** Counts a request against every limit its caller has. */
const admission =
  ({ limiter, limits }: NonNullable<ParleyOptions['rateLimits']>) =>
  async (caller: Caller, cost: RequestCost): Promise<Record<string, string>> => {
    const state = await limiter.take(rulesFor(limits, caller, cost))
    return state ? rateHeaders(state) : {}
  }

/** Our own clients know where the server is; others are given whole addresses. */
function publicUrlOf({ url, headers }: Request): string {
  if (headers.has('parley-client')) return ''
  const { protocol, host } = new URL(url)
  return `${headers.get('x-forwarded-proto') === 'https' ? 'https:' : protocol}//${host}`
}

async function closeAll(engine: Engine<Caller>, { store, rateLimits }: ParleyOptions, graceMs?: number) {
  try {
    await engine.close(graceMs)
  } finally {
    await Promise.all([store.close(), rateLimits?.limiter.close()])
  }
}
