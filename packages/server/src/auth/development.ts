import { ParleyError } from '@parley/protocol'
import { DEFAULT_WORKSPACE } from './jwt.js'
import type { Authenticate } from './principal.js'

/** What may reach a server that asks for no login. */
export interface DevelopmentRules {
  /** Whether a page of this origin may call. */
  allowOrigin(origin: string): boolean
  /** Whether the host name of the address bar is one of this server; guards against DNS rebinding. */
  allowHost(hostname: string): boolean
}

/**
 * Development mode: no login, everybody is one user. Because a browser would let any web page call a server on this
 * machine, requests from foreign pages and under foreign host names are refused.
 */
export function developmentAuthentication(rules: DevelopmentRules): Authenticate {
  return async (request) => {
    const { hostname, origin: own } = new URL(request.url)
    if (!rules.allowHost(hostname))
      throw new ParleyError(
        'forbidden',
        `In development mode this server answers only to local addresses, not to "${hostname}". Open it as http://localhost.`,
      )
    const origin = request.headers.get('origin')
    if (origin && origin !== own && !rules.allowOrigin(origin))
      throw new ParleyError(
        'forbidden',
        `In development mode pages of "${origin}" may not call this server. Add the origin to PARLEY_ALLOWED_ORIGINS.`,
      )
    return { workspaceId: DEFAULT_WORKSPACE, userId: 'development', method: 'development' }
  }
}
