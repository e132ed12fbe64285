import { type HostedSession, ParleyError } from '@parley/protocol'
import type { ServerCaller } from '../../auth/access.js'
import type { Audit } from '../../auth/admin-audit.js'
import { SECRET_PREFIXES } from '../../auth/credential.js'
import { randomSecret } from '../../auth/secret.js'
import type { Sessions } from '../../auth/sessions.js'
import { checkBody } from '../check-body.js'
import { decodeRules } from './decode.js'
import { encodeSession } from './encode.js'
import { sessionBodySchema } from './schema.js'
import { DEFAULT_SESSION_SECONDS } from './session-seconds.js'

export interface SessionParts {
  sessions: Sessions
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

/** Creates a session from OpenAI's body. Nothing is stored unless the app and its version exist. */
export async function createSession(
  { sessions, findApp, fileTypes, maxSeconds }: SessionParts,
  caller: ServerCaller,
  body: unknown,
): Promise<HostedSession> {
  const decoded = checkBody(sessionBodySchema(maxSeconds), withoutAliases(body))
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
    rules: decodeRules(decoded, fileTypes),
    clientSecret,
  })
  return encodeSession(session, 'active', clientSecret)
}

/** `{ workflow_id }`, the short form of thin clients: it may leave the user out, who then is somebody new. */
function withoutAliases(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('workflow_id' in body) || 'workflow' in body) return body
  return { user: `anon_${crypto.randomUUID()}`, ...body, workflow: { id: body.workflow_id } }
}
