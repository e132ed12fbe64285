import type { Log } from '../base/log.js'
import type { AdminPrincipal } from './admin-principal.js'

/** Something that was done to a workspace, or tried: who, what and to which id. Never what was in it. */
export interface AdminCall {
  requestId: string
  /** Absent: nobody knows who, as before somebody has signed in. */
  principal?: AdminPrincipal | undefined
  /** As the API's description calls it, e.g. `deleteApp`. */
  operation: string
  id?: string | undefined
  /** The end user in whose name a server acts, and of which organization. */
  onBehalfOf?: { user: string; organization?: string | undefined }
  /** The code of the failure. Absent: it was done. */
  failed?: string
}

/** Is told of every change, and of everything that takes data out. It must not throw. */
export type Audit = (call: AdminCall) => void

/** A line each. */
export const auditLog =
  (log: Log): Audit =>
  ({ requestId, principal, operation, id, onBehalfOf, failed }) =>
    log.info('admin', {
      requestId,
      operation,
      ...(principal && { workspace: principal.workspaceId, by: nameOf(principal.by) }),
      ...(id !== undefined && { id }),
      ...(onBehalfOf && { for: onBehalfOf.user }),
      ...(onBehalfOf?.organization !== undefined && { organization: onBehalfOf.organization }),
      ...(failed !== undefined && { failed }),
    })

/** Who it was, as one word. */
export function nameOf(by: AdminPrincipal['by']): string {
  if (by.type === 'api_key') return by.keyId
  return by.type === 'login' ? `person:${by.personId}` : by.type
}
