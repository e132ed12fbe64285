import { ParleyError } from '@parley/protocol'
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
}

export interface AccessParts {
  sessions: Sessions
  apiKeys: ApiKeys
  authenticate: Authenticate
  /** Development: whoever may call at all needs no key. */
  keysAreOptional: boolean
}

export function createAccess({ sessions, apiKeys, authenticate, keysAreOptional }: AccessParts): Access {
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
    async server(request, scope) {
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
      return { workspaceId, keyId: 'development' }
    },
  }
}
