import type { AdminPrincipal } from '../../auth/admin-principal.js'
import type { Dialect, Route } from '../dialect.js'
import { appOperations } from './app-operations.js'
import { encodeError } from './errors.js'
import { type KeyParts, keyOperations } from './key-operations.js'
import { describeApi } from './openapi.js'
import { ADMIN_PATH, type Operation } from './operation.js'
import { type SessionParts, sessionOperations } from './session-operations.js'
import { type UserParts, userOperations } from './user-operations.js'
import { type WorkspaceParts, workspaceOperations } from './workspace-operations.js'

export { encodeError } from './errors.js'
export { ADMIN_PATH } from './operation.js'

export interface AdminOptions extends KeyParts, UserParts, SessionParts, WorkspaceParts {
  /** Who sets the workspace up. @throws {ParleyError} `unauthorized` or `forbidden` */
  principalOf(request: Request): Promise<AdminPrincipal>
}

/** Parley's own API for whoever sets a workspace up: apps, API keys, users, sessions. The studio has no other door. */
export function adminDialect(options: AdminOptions): Dialect {
  const operations = [
    ...appOperations(options),
    ...keyOperations(options),
    ...userOperations(options),
    ...sessionOperations(options),
    ...workspaceOperations(options),
  ]
  return {
    name: 'admin',
    routes: [descriptionRoute(operations), ...operations.map((operation) => toRoute(operation, options.principalOf))],
    encodeError,
  }
}

function toRoute({ method, path, handle }: Operation, principalOf: AdminOptions['principalOf']): Route {
  return {
    method,
    path: ADMIN_PATH + path,
    async handle(request, { params }) {
      const response = await handle(request, { principal: await principalOf(request), params })
      response.headers.set('cache-control', 'no-store')
      return response
    },
  }
}

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
