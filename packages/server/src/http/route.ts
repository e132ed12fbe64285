import type { ParleyError } from '@parley/protocol'
import type { ApiDescription, RouteDescription } from './route-description.js'

/** What the router knows of a request besides the request itself. */
export interface RouteContext {
  /** Path parameters, decoded. */
  params: Record<string, string>
  /** The caller's `x-request-id`, or one of ours; also in the answer's headers and in the log. */
  requestId: string
}

/** One method and path, and what answers it. Failures are thrown: the router writes them down in the dialect's words. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ALL'
  /** Absolute; `:name` is a parameter, a last `*` takes the rest. */
  path: string
  /**
   * What the documentation says of it; every route of an API has one. `null`: nothing, because it only says where to go
   * instead, or its address comes from an answer.
   */
  description?: RouteDescription | null
  handle(request: Request, context: RouteContext): Response | Promise<Response>
}

/**
 * Routes below `prefix` that are loaded with the first request for one of them: what few requests need costs a start no
 * time. Several groups may have the same prefix.
 */
export interface LateRouteGroup {
  prefix: string
  load(): Promise<RouteGroup>
}

/** Routes that speak one language in their errors. */
export interface RouteGroup {
  routes: Route[]
  /** The API of the documentation they are part of. Absent: none. */
  api?(): ApiDescription | Promise<ApiDescription>
  encodeError(error: ParleyError, request: Request): Response | Promise<Response>
}
