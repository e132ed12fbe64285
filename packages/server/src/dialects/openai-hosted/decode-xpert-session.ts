import { actingUser } from '../../auth/acting-user.js'
import type { SessionRules } from '../../auth/sessions.js'
import { checkBody } from '../check-body.js'
import { xpertSessionBodySchema } from './xpert-session-schema.js'

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
 * What one of Xpert's bodies asks for. The user is named by the body, by a header, or is the key itself, and is another
 * one in each organization; the app reads the organization as the state variable `organization_id`.
 */
export function decodeXpertSession(body: unknown, headers: Headers, keyId: string) {
  const { assistant, user, expires_after } = checkBody(xpertSessionBodySchema, body)
  const { userId, onBehalfOf } = actingUser(keyId, headers, user)
  const { organization } = onBehalfOf
  return {
    assistantId: assistant?.id,
    userId,
    onBehalfOf,
    seconds: secondsOf(expires_after),
    rules: organization === undefined ? NO_RULES : { ...NO_RULES, state_variables: { organization_id: organization } },
  }
}

/** A number above 0 in whole seconds; everything else is the default. */
function secondsOf(value: unknown): number {
  const isUsable = typeof value === 'number' && Number.isFinite(value) && value >= 1
  return isUsable ? Math.min(Math.floor(value), MOST_SECONDS) : DEFAULT_SECONDS
}
