import { type HostedSession, ParleyError } from '@parley/protocol'
import type { ServerCaller } from '../../auth/access.js'
import type { Audit } from '../../auth/admin-audit.js'
import { SECRET_PREFIXES } from '../../auth/credential.js'
import { randomSecret } from '../../auth/secret.js'
import { DEFAULT_SESSION_SECONDS, type SessionRules, type Sessions } from '../../auth/sessions.js'
import { randomHex } from '../../base/random-id.js'
import { readOptionalJson } from '../../http/body.js'
import type { RouteDescription } from '../../http/route-description.js'
import type { Route, RouteContext } from '../dialect.js'
import { encodeXpertError } from '../xpert-error.js'
import { decodeRules, decodeSession } from './decode.js'
import { decodeXpertSession, isXpertBody } from './decode-xpert-session.js'
import { encodeSession, encodeXpertSession } from './encode.js'

export interface CreateSessionParts {
  sessions: Sessions
  /** A server with the scope `chat`. */
  callerOf(request: Request): Promise<ServerCaller>
  /** The app's own id, by that or by another name of it; `only`: the one the caller reaches. */
  findApp(
    workspaceId: string,
    name: string,
    choice: { version?: string | undefined; only: string | undefined },
  ): Promise<{ id: string } | undefined>
  /** Media types that files of its sessions may have. Absent: all. */
  fileTypes?: readonly string[] | undefined
  /** The most seconds a session may live. */
  maxSeconds: number
  /** Is told of sessions that a server makes in somebody's name. */
  audit: Audit
}

/** A state variable may hold ten million characters. */
const MAX_BODY_BYTES = 12 * 1024 * 1024

/** `POST …/chatkit/sessions`: OpenAI's body, its short form, or one of Xpert's. Each is answered in its own words. */
export function createSessionRoute(path: string, parts: CreateSessionParts, description: RouteDescription): Route {
  return {
    method: 'POST',
    path,
    description,
    async handle(request, context) {
      const caller = await parts.callerOf(request)
      const body = await readOptionalJson(request, { maxBytes: MAX_BODY_BYTES })
      if (!isXpertBody(body, path)) return Response.json(await createSession(parts, caller, body))
      try {
        const asked = { body, headers: request.headers, requestId: context.requestId }
        return Response.json(await createXpertSession(parts, caller, asked), { status: 201 })
      } catch (thrown) {
        if (thrown instanceof ParleyError) return encodeXpertError(thrown)
        throw thrown
      }
    },
  }
}

/** From OpenAI's body. Nothing is stored unless the app and its version exist. */
async function createSession(
  { sessions, findApp, fileTypes, maxSeconds }: CreateSessionParts,
  caller: ServerCaller,
  body: unknown,
): Promise<HostedSession> {
  const decoded = decodeSession(body, maxSeconds)
  const { id: alias, version } = decoded.workflow
  const only = caller.appId
  const found = await findApp(caller.workspaceId, alias, { only })
  if (!found) throw new ParleyError('app_not_found', `Workflow with id '${alias}' not found.`)
  if (version !== undefined && !(await findApp(caller.workspaceId, alias, { version, only })))
    throw new ParleyError(
      'invalid_request',
      `workflow.version: workflow '${alias}' has no version '${version}'. Leave it out for the newest.`,
      { details: { param: 'workflow.version' } },
    )
  const clientSecret = randomSecret(SECRET_PREFIXES.openai)
  const session = await sessions.create({
    workspaceId: caller.workspaceId,
    userId: decoded.user,
    app: { id: found.id, alias },
    seconds: decoded.expires_after?.seconds ?? Math.min(DEFAULT_SESSION_SECONDS, maxSeconds),
    rules: spokenTo(caller, decodeRules(decoded, fileTypes)),
    clientSecret,
  })
  return encodeSession(session, 'active', clientSecret)
}

/** A page is told its streams in the language of the key behind it. */
const spokenTo = ({ streamLanguage }: ServerCaller, rules: SessionRules): SessionRules =>
  streamLanguage ? { ...rules, stream_language: streamLanguage } : rules

/** From one of Xpert's bodies. */
async function createXpertSession(
  { sessions, findApp, audit }: CreateSessionParts,
  caller: ServerCaller,
  { body, headers, requestId }: { body: unknown; headers: Headers } & Pick<RouteContext, 'requestId'>,
) {
  const { workspaceId, keyId } = caller
  const { assistantId, userId, onBehalfOf, seconds, rules } = decodeXpertSession(body, headers, keyId)
  const app = assistantId === undefined ? undefined : await findApp(workspaceId, assistantId, { only: caller.appId })
  if (assistantId !== undefined && !app) {
    if (caller.appId !== undefined)
      throw new ParleyError('forbidden', 'API key is not allowed to access this assistant.')
    throw new ParleyError('app_not_found', `The assistant "${assistantId}" was not found.`)
  }
  const appId = app?.id ?? caller.appId
  const clientSecret = SECRET_PREFIXES.xpert + randomHex(32)
  const session = await sessions.create({
    workspaceId,
    userId,
    ...(appId !== undefined && { app: { id: appId, alias: assistantId ?? appId } }),
    seconds,
    rules: spokenTo(caller, rules),
    clientSecret,
  })
  const principal = { kind: 'admin' as const, workspaceId, by: { type: 'api_key' as const, keyId } }
  audit({ requestId, principal, operation: 'createSession', id: session.id, onBehalfOf })
  return encodeXpertSession(session, seconds, clientSecret)
}
