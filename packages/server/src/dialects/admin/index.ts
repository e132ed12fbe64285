import { adminErrorSchema } from '@parley/protocol/admin'
import { documentRoutes } from '../../api-docs/documented-api.js'
import { describeApis } from '../../api-docs/openapi.js'
import { type Audit, nameOf } from '../../auth/admin-audit.js'
import type { AdminPrincipal } from '../../auth/admin-principal.js'
import { toParleyError } from '../../http/error-response.js'
import type { RateLimiter } from '../../http/rate-limits/rate-limiter.js'
import type { ApiDescription } from '../../http/route-description.js'
import type { Dialect, Route } from '../dialect.js'
import { appRoutes } from './app-routes.js'
import type { AdminRoute } from './define-route.js'
import { encodeError } from './errors.js'
import { type KeyParts, keyRoutes } from './key-routes.js'
import { type KnowledgePartsOfAdmin, knowledgeRoutes } from './knowledge-routes.js'
import { type McpPartsOfAdmin, mcpCallbackRoute, mcpServerRoutes } from './mcp-server-routes.js'
import { ADMIN_PATH } from './path.js'
import { providerRoutes } from './provider-routes.js'
import { type SecretPartsOfAdmin, secretRoutes } from './secret-routes.js'
import { type ServerParts, serverRoutes } from './server-routes.js'
import { type SessionParts, sessionRoutes } from './session-routes.js'
import { type TraceParts, traceRoutes } from './trace-routes.js'
import { type UserParts, userRoutes } from './user-routes.js'
import { type WorkspaceParts, workspaceRoutes } from './workspace-routes.js'

export { encodeError } from './errors.js'
export { ADMIN_PATH } from './path.js'

export interface AdminOptions
  extends KeyParts,
    KnowledgePartsOfAdmin,
    McpPartsOfAdmin,
    SecretPartsOfAdmin,
    ServerParts,
    UserParts,
    SessionParts,
    TraceParts,
    WorkspaceParts {
  /** Who sets the workspace up. @throws {ParleyError} `unauthorized` or `forbidden` */
  principalOf(request: Request): Promise<AdminPrincipal>
  /** Counts what each of them sends. */
  limiter: RateLimiter
  audit: Audit
}

/** More than a person or a script needs, and little enough that a runaway program is noticed. */
export const ADMIN_REQUESTS_A_MINUTE = 600

/** Parley's own API for whoever sets a workspace up: apps, API keys, users, sessions. The studio has no other door. */
export function adminDialect(options: AdminOptions): Dialect {
  const own = [
    ...appRoutes(options),
    ...keyRoutes(options),
    ...userRoutes(options),
    ...sessionRoutes(options),
    ...traceRoutes(options),
    ...providerRoutes(options),
    ...secretRoutes(options),
    ...mcpServerRoutes(options),
    ...knowledgeRoutes(options),
    ...workspaceRoutes(options),
    ...serverRoutes(options),
  ]
  const routes = own.map((route) => toRoute(route, options))
  const api: ApiDescription = { ...ADMIN_API, groups: [...new Set(own.map(({ group }) => group))] }
  return {
    name: 'admin',
    api: () => api,
    routes: [descriptionRoute(api, routes), mcpCallbackRoute, ...routes],
    encodeError,
  }
}

const ADMIN_API: Omit<ApiDescription, 'groups'> = {
  id: 'admin',
  title: 'Parley admin API',
  text: 'Sets a workspace up: apps, API keys, users and sessions. Called with an API key of the scope `admin`, or from the studio by somebody who has signed in there.',
  error: adminErrorSchema,
  credentials: ['apiKey', 'login'],
  failures: [401, 403, 429],
}

function toRoute(route: AdminRoute, { principalOf, limiter, audit }: AdminOptions): Route {
  const { id, method, path, handle, maxBytes, failures, ...described } = route
  const isAudited = method !== 'GET' || route.lines !== undefined
  return {
    method,
    path: ADMIN_PATH + path,
    description: { id, ...described, failures, ...(maxBytes !== undefined && { bytes: true }) },
    async handle(request, { params, requestId }) {
      const principal = await principalOf(request)
      const call = { requestId, principal, operation: id }
      try {
        await limiter.take([rateOf(principal)])
        const { response, madeId = params.id } = await handle(request, { principal, params })
        if (isAudited) audit({ ...call, id: madeId })
        response.headers.set('cache-control', 'no-store')
        return response
      } catch (thrown) {
        if (isAudited) audit({ ...call, id: params.id, failed: toParleyError(thrown).code })
        throw thrown
      }
    },
  }
}

const rateOf = ({ workspaceId, by }: AdminPrincipal) => ({
  scope: by.type === 'api_key' ? ('key' as const) : ('user' as const),
  key: `admin:${workspaceId}:${nameOf(by)}`,
  limit: ADMIN_REQUESTS_A_MINUTE,
  window: 'minute' as const,
})

/** What the API looks like is no secret. Made when somebody first asks. */
function descriptionRoute(api: ApiDescription, routes: Route[]): Route {
  let description: unknown
  return {
    method: 'GET',
    path: `${ADMIN_PATH}/openapi.json`,
    description: null,
    async handle() {
      const { title, text } = api
      description ??= describeApis([{ ...api, routes: await documentRoutes(routes) }], {
        title,
        version: '1',
        description: text,
        server: '/',
      })
      return Response.json(description)
    },
  }
}
