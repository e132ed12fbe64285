import { ParleyError } from '@parley/protocol'
import { type AdminPrincipal, type LoginSession, nobodySignedIn } from './admin-principal.js'
import type { ApiKeyScope, ApiKeys } from './api-keys.js'
import { apiKeyOf, clientSecretOf } from './credential.js'
import type { Authenticate, Principal } from './principal.js'
import type { Sessions } from './sessions.js'

/** A server that holds an API key: it acts for its workspace, not for one user. */
export interface ServerCaller {
  workspaceId: string
  keyId: string
  /** The one app it reaches. Absent: every app of the workspace. */
  appId?: string
}

/** Who is calling, for every API. */
export interface Access {
  /** An end user: by client secret, else in the way the server is set up for. @throws {ParleyError} see {@link Authenticate} */
  user(request: Request): Promise<Principal>
  /** Only by client secret. */
  session(request: Request): Promise<Principal>
  /** A server, by API key. @throws {ParleyError} `unauthorized`; `forbidden` when the key may not do `scope` */
  server(request: Request, scope: ApiKeyScope): Promise<ServerCaller>
  /**
   * Somebody who sets the workspace up. An API key in the request decides alone; without one the login's cookie does.
   * @throws {ParleyError} `unauthorized`; `forbidden` for a key without the scope `admin`, or one that is bound to an app
   */
  admin(request: Request): Promise<AdminPrincipal>
}

export interface AccessParts {
  sessions: Sessions
  apiKeys: ApiKeys
  authenticate: Authenticate
  /** The built-in login. Absent: nobody can sign in. */
  login?: LoginSession
  /** Development: whoever may call at all needs no key. */
  keysAreOptional: boolean
}

export function createAccess(parts: AccessParts): Access {
  const { sessions, apiKeys, authenticate, login = nobodySignedIn, keysAreOptional } = parts

  async function server(request: Request, scope: ApiKeyScope): Promise<ServerCaller> {
    const key = apiKeyOf(request)
    const record = key === undefined || clientSecretOf(request) === key ? null : await apiKeys.check(key)
    if (record) {
      if (!record.scopes.includes(scope))
        throw new ParleyError('forbidden', `This API key may not do that: it lacks the scope "${scope}".`)
      const { workspace_id, id, app_id } = record
      return { workspaceId: workspace_id, keyId: id, ...(app_id !== undefined && { appId: app_id }) }
    }
    if (!keysAreOptional || clientSecretOf(request) !== undefined)
      throw new ParleyError(
        'unauthorized',
        'The API key is missing or not valid. Send a key of this server as "Authorization: Bearer <API key>".',
      )
    const { workspaceId } = await authenticate(request)
    return { workspaceId, keyId: DEVELOPMENT }
  }

  return {
    async user(request) {
      const secret = clientSecretOf(request)
      return secret === undefined ? authenticate(request) : sessions.authenticate(secret)
    },
    async session(request) {
      const secret = clientSecretOf(request)
      if (secret !== undefined) return sessions.authenticate(secret)
      throw new ParleyError(
        'unauthorized',
        'A client secret is missing. Create a session and send "Authorization: Bearer <client_secret>".',
      )
    },
    server,
    async admin(request) {
      const person = apiKeyOf(request) === undefined ? await login(request) : null
      if (person) return person
      const { workspaceId, keyId, appId } = await server(request, 'admin')
      if (appId !== undefined)
        throw new ParleyError(
          'forbidden',
          'This API key is bound to one app, and the admin API is about the whole workspace. Use a key without an app.',
        )
      return {
        kind: 'admin',
        workspaceId,
        by: keyId === DEVELOPMENT ? { type: 'development' } : { type: 'api_key', keyId },
      }
    },
  }
}

/** Stands where the id of a key would, for callers who need none. */
const DEVELOPMENT = 'development'
