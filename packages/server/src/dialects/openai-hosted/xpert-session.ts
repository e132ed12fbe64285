import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { ServerCaller } from '../../auth/access.js'
import { actingUser } from '../../auth/acting-user.js'
import { SECRET_PREFIXES } from '../../auth/credential.js'
import type { SessionRules } from '../../auth/sessions.js'
import { randomHex } from '../../base/random-id.js'
import type { RouteDescription } from '../../http/route-description.js'
import { checkBody } from '../check-body.js'
import type { SessionParts } from './create-session.js'

/** Xpert's bodies: `{}`, `{expires_after}`, or `{assistant: {id}, user}`. Source: the Xpert contract, section 6. */
const bodySchema = z.object({
  expires_after: z.unknown().optional().describe('Seconds. Anything but a number above 0: 600.'),
  assistant: z.object({ id: z.string().min(1).max(256) }).nullish(),
  user: z.string().min(1).max(512).nullish(),
})

export const XPERT_SESSION: RouteDescription = {
  id: 'createChatKitSession',
  group: 'ChatKit sessions',
  summary: 'Create a session for a browser: what it may do, and for how long.',
  body: bodySchema,
  example: { assistant: { id: 'APP_ID' }, user: 'user_123' },
  status: 201,
  answer: z.object({ client_secret: z.string(), expires_at: z.string(), expires_after: z.int() }),
  failures: [404],
  headers: {
    'organization-id': 'Keeps the users of an organization apart from those of others.',
    'x-principal-user-id': 'The user, where the body names none.',
  },
}

const DEFAULT_SECONDS = 600
/** Ten years: Xpert sets no bound, a date has one. */
const MOST_SECONDS = 315_360_000

/** Xpert's sessions know no rules: what the app and the server allow is allowed. */
const NO_RULES: SessionRules = {
  state_variables: {},
  tracing: true,
  titling: true,
  requests_per_minute: null,
  uploads: { enabled: true, max_bytes: null, max_files: null },
  history: { enabled: true, recent_threads: null },
}

/** Xpert's and OpenAI's sessions are made at the same address; OpenAI's body says which workflow. */
export function isXpertBody(body: unknown, pathname: string): boolean {
  if (typeof body !== 'object' || body === null) return pathname.startsWith('/api/ai/')
  if ('workflow' in body || 'workflow_id' in body) return false
  if ('assistant' in body || pathname.startsWith('/api/ai/')) return true
  const hasOpenAiField = ['user', 'rate_limits', 'chatkit_configuration'].some((field) => field in body)
  return !hasOpenAiField && !('expires_after' in body && typeof body.expires_after === 'object')
}

/**
 * Creates a session from one of Xpert's bodies. The user is named by the body, by a header, or is the key itself, and is
 * another one in each organization; the app reads the organization as the state variable `organization_id`.
 */
export async function createXpertSession(
  { sessions, findApp, audit }: SessionParts,
  caller: ServerCaller,
  { body, headers, requestId }: { body: unknown; headers: Headers; requestId: string },
) {
  const { assistant, user, expires_after } = checkBody(bodySchema, body)
  const app = assistant ? await findApp(caller.workspaceId, assistant.id, { only: caller.appId }) : undefined
  if (assistant && !app) throw new ParleyError('app_not_found', `The assistant "${assistant.id}" was not found.`)
  const appId = app?.id ?? caller.appId
  const seconds = secondsOf(expires_after)
  const { userId, onBehalfOf } = actingUser(caller.keyId, headers, user)
  const { organization } = onBehalfOf
  const clientSecret = SECRET_PREFIXES.xpert + randomHex(32)
  const session = await sessions.create({
    workspaceId: caller.workspaceId,
    userId,
    ...(appId !== undefined && { app: { id: appId, alias: assistant?.id ?? appId } }),
    seconds,
    rules: organization === undefined ? NO_RULES : { ...NO_RULES, state_variables: { organization_id: organization } },
    clientSecret,
  })
  audit({
    requestId,
    principal: { kind: 'admin', workspaceId: caller.workspaceId, by: { type: 'api_key', keyId: caller.keyId } },
    operation: 'createSession',
    id: session.id,
    onBehalfOf,
  })
  return { client_secret: clientSecret, expires_at: session.expires_at, expires_after: seconds }
}

/** A number above 0 in whole seconds; everything else is the default. */
function secondsOf(value: unknown): number {
  const isUsable = typeof value === 'number' && Number.isFinite(value) && value >= 1
  return isUsable ? Math.min(Math.floor(value), MOST_SECONDS) : DEFAULT_SECONDS
}
