import { ParleyError } from '@parley/protocol'
import { Hono } from 'hono'
import type { RequestFacts } from '../base/observer.js'
import type { Tracer } from '../base/trace.js'
import { answerHeadersOf } from './answer-headers.js'
import { type CorsOptions, corsHeaders, preflightResponse } from './cors.js'
import { toParleyError } from './error-response.js'
import { publicUrlOf } from './public-url.js'
import { requestIdOf } from './request-id.js'
import { keepTrace } from './request-trace.js'
import type { LateRouteGroup, Route, RouteGroup } from './route.js'
import { addSecurityHeaders } from './security-headers.js'

export interface RouterOptions {
  groups: (RouteGroup | LateRouteGroup)[]
  cors: CorsOptions
  /** Words for failures outside every group: an unknown path, a wrong method. */
  encodeError: RouteGroup['encodeError']
  /** Told of everything the caller only reads as "internal". */
  report(thrown: unknown, request: Request, requestId: string): void
  /** Told of every answer. */
  requestEnded?(facts: RequestFacts): void
  /** Told of pages that may not call, with the value of `Origin`. */
  originRefused?(origin: string): void
  /** Absent: no traces are collected. */
  tracer?: Tracer | undefined
}

interface Bindings {
  /** `route`: the pattern that answered, set by it. */
  Bindings: { requestId: string; route: string }
}

/**
 * Puts all routes into one `fetch(Request) → Response`. Nothing but the routes' own answers and JSON errors leaves it:
 * no stack traces, no framework pages. Every answer carries `x-request-id` and the CORS headers.
 */
export function createRouter(options: RouterOptions): (request: Request) => Promise<Response> {
  const hono = createHono(
    options.groups.filter((group) => 'routes' in group),
    options,
  )
  addLateGroups(
    hono,
    options.groups.filter((group) => 'load' in group),
    options,
  )

  // CORS and ids stand around Hono, not in it: a middleware would copy the response and lose its event writer.
  return async (given) => {
    const request = withoutEmptyParts(given)
    const origin = request.headers.get('origin')
    if (origin !== null && !options.cors.allowOrigin(origin) && origin !== publicUrlOf(request))
      options.originRefused?.(origin)
    if (request.method === 'OPTIONS') {
      const preflight = preflightResponse(request, options.cors)
      addSecurityHeaders(preflight.headers)
      return preflight
    }
    const begin = performance.now()
    const requestId = requestIdOf(request)
    const bindings = { requestId, route: '*' }
    const span = options.tracer?.startRequest(
      request.method,
      { 'http.request.method': request.method, 'parley.request.id': requestId },
      request.headers.get('traceparent'),
    )
    keepTrace(request, { requestId, ...(span && { span }) })
    const response = await hono.fetch(request, bindings)
    addCorsHeaders(response.headers, corsHeaders(request, options.cors))
    for (const [name, value] of Object.entries(answerHeadersOf(request))) response.headers.set(name, value)
    response.headers.set('x-request-id', requestId)
    addSecurityHeaders(response.headers)
    const { route } = bindings
    const { status } = response
    span?.rename(`${request.method} ${route}`)
    span?.set({ 'http.route': route, 'http.response.status_code': status })
    span?.end(status >= 500 ? String(status) : undefined)
    options.requestEnded?.({
      requestId,
      method: request.method,
      route,
      status,
      durationMs: performance.now() - begin,
    })
    return response
  }
}

/** Clients join a base address that ends in a slash with their own paths: `/v1//chat-messages` is `/v1/chat-messages`. */
function withoutEmptyParts(request: Request): Request {
  if (!/^\w+:\/\/[^/?#]*[^?#]*\/\//.test(request.url)) return request
  const { origin, pathname, search } = new URL(request.url)
  const { method, headers, body, signal } = request
  const url = origin + pathname.replace(/\/{2,}/g, '/') + search
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' }
  return new Request(url, init)
}

function createHono(groups: RouteGroup[], options: RouterOptions): Hono<Bindings> {
  const hono = new Hono<Bindings>({ strict: false })
  for (const group of groups) for (const route of group.routes) addRoute(hono, route, group, options)
  addWrongMethods(hono, groups)
  hono.notFound((c) => options.encodeError(unknownPath(c.req.raw), c.req.raw))
  hono.onError((thrown, c) => {
    options.report(thrown, c.req.raw, c.env.requestId)
    return options.encodeError(toParleyError(thrown), c.req.raw)
  })
  return hono
}

/** Each prefix gets a router of its own when it is first asked for; what fails to load is tried again. */
function addLateGroups(hono: Hono<Bindings>, groups: LateRouteGroup[], options: RouterOptions): void {
  for (const prefix of new Set(groups.map((group) => group.prefix))) {
    const load = async () => {
      const own = groups.filter((group) => group.prefix === prefix)
      return createHono(await Promise.all(own.map((group) => group.load())), options)
    }
    let loaded: ReturnType<typeof load> | undefined
    hono.all(`${prefix}/*`, async (c) => {
      loaded ??= load()
      const inner = await loaded.catch((thrown: unknown) => {
        loaded = undefined
        throw thrown
      })
      return inner.fetch(c.req.raw, c.env)
    })
  }
}

function addRoute(hono: Hono<Bindings>, route: Route, group: RouteGroup, { report }: RouterOptions): void {
  hono.on(route.method === 'ALL' ? ANY : [route.method], withoutLastSlash(route.path), async (c) => {
    const request = c.req.raw
    const { requestId } = c.env
    c.env.route = route.path
    try {
      return await route.handle(request, { params: c.req.param(), requestId })
    } catch (thrown) {
      const error = toParleyError(thrown)
      if (error.code === 'internal') report(thrown, request, requestId)
      return group.encodeError(error, request)
    }
  })
}

const ANY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Behind all routes: a path that exists under another method answers 405 and names it. */
function addWrongMethods(hono: Hono<Bindings>, groups: RouteGroup[]): void {
  const methodsByPath = new Map<string, { methods: Set<string>; group: RouteGroup }>()
  for (const group of groups) {
    for (const { path, method } of group.routes) {
      const known = methodsByPath.get(path) ?? { methods: new Set<string>(), group }
      known.methods.add(method)
      methodsByPath.set(path, known)
    }
  }
  for (const [path, { methods, group }] of methodsByPath) {
    if (methods.has('ALL')) continue
    const allow = [...methods].join(', ')
    hono.all(withoutLastSlash(path), (c) => {
      const message = `${c.req.method} is not answered here. Use ${allow}.`
      return group.encodeError(new ParleyError('method_not_allowed', message, { details: { allow } }), c.req.raw)
    })
  }
}

/** Hono takes the last slash off every request before it compares. */
const withoutLastSlash = (path: string) => path.replace(/(.)\/$/, '$1')

const unknownPath = (request: Request) =>
  new ParleyError('not_found', `Nothing is served at ${request.method} ${new URL(request.url).pathname}.`)

/** What anybody may read is for this page all the same: two origins in one answer are none to a browser. */
function addCorsHeaders(headers: Headers, { vary, ...others }: Record<string, string>): void {
  if (vary !== undefined) headers.append('vary', vary)
  for (const [name, value] of Object.entries(others)) headers.set(name, value)
}
