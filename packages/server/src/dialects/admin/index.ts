import { type Audit, nameOf } from '../../auth/admin-audit.js'
import type { AdminPrincipal } from '../../auth/admin-principal.js'
import { toParleyError } from '../../http/error-response.js'
import type { RateLimiter } from '../../http/rate-limits/rate-limiter.js'
import type { Dialect, Route } from '../dialect.js'
import { appOperations } from './app-operations.js'
import { encodeError } from './errors.js'
import { type KeyParts, keyOperations } from './key-operations.js'
import { type KnowledgePartsOfAdmin, knowledgeOperations } from './knowledge-operations.js'
import { describeApi } from './openapi.js'
import type { Operation } from './operation.js'
import { ADMIN_PATH } from './path.js'
import { providerOperations } from './provider-operations.js'
import { type ServerParts, serverOperations } from './server-operations.js'
import { type SessionParts, sessionOperations } from './session-operations.js'
import { type UserParts, userOperations } from './user-operations.js'
import { type WorkspaceParts, workspaceOperations } from './workspace-operations.js'

export { encodeError } from './errors.js'
export { ADMIN_PATH } from './path.js'

export interface AdminOptions
  extends KeyParts,
    KnowledgePartsOfAdmin,
    ServerParts,
    UserParts,
    SessionParts,
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
  const operations = [
    ...appOperations(options),
    ...keyOperations(options),
    ...userOperations(options),
    ...sessionOperations(options),
    ...providerOperations(options),
    ...knowledgeOperations(options),
    ...workspaceOperations(options),
    ...serverOperations(options),
  ]
  return {
    name: 'admin',
    routes: [descriptionRoute(operations), ...operations.map((operation) => toRoute(operation, options))],
    encodeError,
  }
}

function toRoute(operation: Operation, { principalOf, limiter, audit }: AdminOptions): Route {
  const { id, method, path, handle } = operation
  const isAudited = method !== 'GET' || operation.lines !== undefined
  return {
    method,
    path: ADMIN_PATH + path,
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
function descriptionRoute(operations: Operation[]): Route {
  let description: unknown
  return {
    method: 'GET',
    path: `${ADMIN_PATH}/openapi.json`,
    handle() {
      description ??= describeApi(operations)
      return Response.json(description)
    },
  }
}
