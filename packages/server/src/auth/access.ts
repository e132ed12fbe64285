import { ParleyError } from '@parley/protocol'
import type { StreamLanguage } from '@parley/protocol/admin'
import { actingUser } from './acting-user.js'
import { type AdminPrincipal, type LoginSession, nobodySignedIn } from './admin-principal.js'
import type { ApiKeyRecord, ApiKeyScope, ApiKeys } from './api-keys.js'
import { apiKeyOf, authorizationOf, clientSecretOf } from './credential.js'
import { type Authenticate, type Principal, toCallerKey } from './principal.js'
import type { Sessions } from './sessions.js'

/** A server that holds an API key: it acts for its workspace, not for one user. */
export interface ServerCaller {
  workspaceId: string
  keyId: string
  /** The one app it reaches. Absent: every app of the workspace. */
  appId?: string
  /** The language of event streams that its key says. */
  streamLanguage?: StreamLanguage
}

/** A server that holds the key of one app. */
export interface AppCaller extends ServerCaller {
  appId: string
  keyName: string
}

/** Who is calling, for every API. */
export interface Access {
  /** An end user: by client secret, else in the way the server is set up for. @throws {ParleyError} see {@link Authenticate} */
  user(request: Request): Promise<Principal>
  /** Only by client secret. */
  session(request: Request): Promise<Principal>
  /**
   * Whoever talks to apps by an API that servers and browsers share: a client secret; an API key, in the name of the user
   * its headers name; else as `user`, with the token in `x-api-key` too.
   * @throws {ParleyError} `unauthorized`; `forbidden` for a key without the scope `chat`
   */
  either(request: Request): Promise<Principal>
  /** A server, by API key. @throws {ParleyError} `unauthorized`; `forbidden` when the key may not do `scope` */
  server(request: Request, scope: ApiKeyScope): Promise<ServerCaller>
  /**
   * A server, by the key of the one app it speaks to, in `Authorization` alone. Nobody goes without, in development
   * neither: it is the key that says which app. @throws {ParleyError} `unauthorized`
   */
  app(request: Request): Promise<AppCaller>
  /**
   * A server, by a key of its whole workspace that may do one of `scopes`, in `Authorization` alone. A key of another kind
   * is as good as none. @throws {ParleyError} `unauthorized`
   */
  workspace(request: Request, scopes: readonly ApiKeyScope[]): Promise<ServerCaller>
  /**
   * Somebody who sets the workspace up. An API key in the request decides alone; without one the login's cookie does.
   * @throws {ParleyError} `unauthorized`; `forbidden` for a key without the scope `admin`, or one that is bound to an app
   */
  admin(request: Request): Promise<AdminPrincipal>
  /**
   * Somebody who reads about apps: whoever has signed in, or holds a key of any scope, which may be bound to one app.
   * @throws {ParleyError} `unauthorized`
   */
  reader(request: Request): Promise<Pick<ServerCaller, 'workspaceId' | 'appId'>>
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

  async function either(request: Request): Promise<Principal> {
    const secret = clientSecretOf(request)
    if (secret !== undefined) return sessions.authenticate(secret)
    const key = apiKeyOf(request)
    const record = key === undefined ? null : await apiKeys.check(key)
    if (!record) return authenticate(withBearer(request))
    assertScope(record, 'chat')
    const { userId, onBehalfOf } = actingUser(record.id, request.headers)
    return {
      workspaceId: record.workspace_id,
      userId,
      method: 'api_key',
      key: toCallerKey(record),
      onBehalfOf,
    }
  }

  async function server(request: Request, scope?: ApiKeyScope): Promise<ServerCaller> {
    const key = apiKeyOf(request)
    const record = key === undefined || clientSecretOf(request) === key ? null : await apiKeys.check(key)
    if (record) {
      if (scope !== undefined) assertScope(record, scope)
      const { workspace_id, id, app_id, stream_language } = record
      return {
        workspaceId: workspace_id,
        keyId: id,
        ...(app_id !== undefined && { appId: app_id }),
        ...(stream_language && { streamLanguage: stream_language }),
      }
    }
    if (!keysAreOptional || clientSecretOf(request) !== undefined)
      throw new ParleyError(
        'unauthorized',
        'The API key is missing or not valid. Send a key of this server as "Authorization: Bearer <API key>".',
      )
    const { workspaceId } = await authenticate(request)
    return { workspaceId, keyId: DEVELOPMENT }
  }

  async function bearer({ headers }: Request) {
    const { scheme, token } = authorizationOf(headers) ?? unauthorized(NO_CREDENTIAL)
    if (scheme !== 'bearer') unauthorized("Authorization scheme must be 'Bearer'")
    return apiKeys.check(token)
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
    either,
    server,
    async workspace(request, scopes) {
      const record = await bearer(request)
      if (!record || record.app_id !== undefined || !record.scopes.some((scope) => scopes.includes(scope)))
        unauthorized(WRONG_TOKEN)
      return { workspaceId: record.workspace_id, keyId: record.id }
    },
    async app(request) {
      const record = await bearer(request)
      if (record?.app_id === undefined || !record.scopes.includes('chat')) unauthorized(WRONG_TOKEN)
      return { workspaceId: record.workspace_id, keyId: record.id, keyName: record.name, appId: record.app_id }
    },
    async reader(request) {
      const person = apiKeyOf(request) === undefined ? await login(request) : null
      return person ?? server(request)
    },
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

// Source of these words: the ClickAI contract, section 2.
const NO_CREDENTIAL = "Authorization header must be provided and start with 'Bearer'"
const WRONG_TOKEN = 'Access token is invalid'

function unauthorized(message: string): never {
  throw new ParleyError('unauthorized', message)
}

function assertScope({ scopes }: ApiKeyRecord, scope: ApiKeyScope): void {
  if (!scopes.includes(scope))
    throw new ParleyError('forbidden', `This API key may not do that: it lacks the scope "${scope}".`)
}

/** Clients that know API keys alone put tokens where those go. */
function withBearer(request: Request): Request {
  const token = request.headers.get('x-api-key')?.trim()
  if (!token || request.headers.has('authorization')) return request
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${token}`)
  return new Request(request.url, { headers })
}

/** Stands where the id of a key would, for callers who need none. */
const DEVELOPMENT = 'development'
