import type { Principal } from '../../auth/principal.js'
import type { RateRule } from './rate-limiter.js'

/** The limits of a server. Absent: unlimited. */
export interface RateLimits {
  /** Requests of one person that make an app work: messages, actions, retries, files, recordings. */
  userPerMinute?: number
  userPerDay?: number
  /** Requests of one API key. */
  keyPerMinute?: number
  keyPerDay?: number
  /** Requests of a whole workspace, its plan: what its people ask of apps, and what its API keys ask. */
  workspacePerMinute?: number
  workspacePerDay?: number
}

/**
 * What a request asks of the server: to make an app work, to read and tidy up, or to follow or stop an answer that is
 * being written, which no session is ever refused.
 */
export type RequestCost = 'work' | 'read' | 'follow'

/**
 * A chat reads often and cheaply (its history, a page of messages, a reload), so reading has a limit of its own, this
 * many times the one for work: it stops a loop gone wild, not a person.
 */
const READS_PER_WORK = 30

/** The rules a person's request has to pass, the narrowest first. */
export function rulesFor(
  limits: RateLimits,
  { workspaceId, userId, session }: Principal,
  cost: RequestCost,
): RateRule[] {
  const rules: RateRule[] = []
  const sessionPerMinute = session?.rules.requests_per_minute
  if (session && typeof sessionPerMinute === 'number' && cost !== 'follow')
    rules.push({ scope: 'session', key: session.id, limit: sessionPerMinute, window: 'minute' })
  const user = JSON.stringify([workspaceId, userId, cost === 'work' ? cost : 'read'])
  if (cost === 'work') {
    rules.push(...bothRules('user', user, limits.userPerMinute, limits.userPerDay))
    rules.push(...workspaceRules(limits, workspaceId))
  } else if (limits.userPerMinute !== undefined)
    rules.push({ scope: 'user', key: user, limit: limits.userPerMinute * READS_PER_WORK, window: 'minute' })
  return rules
}

/** What a server's request has to pass. Setting the workspace up costs nothing of its plan: the plan may be what is to be changed. */
export function rulesForKey(
  limits: RateLimits,
  { workspaceId, keyId }: { workspaceId: string; keyId: string },
  purpose: 'serve' | 'set up',
): RateRule[] {
  const key = bothRules('key', JSON.stringify([workspaceId, keyId]), limits.keyPerMinute, limits.keyPerDay)
  return purpose === 'serve' ? [...key, ...workspaceRules(limits, workspaceId)] : key
}

const workspaceRules = ({ workspacePerMinute, workspacePerDay }: RateLimits, workspaceId: string) =>
  bothRules('workspace', workspaceId, workspacePerMinute, workspacePerDay)

function bothRules(
  scope: RateRule['scope'],
  key: string,
  perMinute: number | undefined,
  perDay: number | undefined,
): RateRule[] {
  const rules: RateRule[] = []
  if (perMinute !== undefined) rules.push({ scope, key, limit: perMinute, window: 'minute' })
  if (perDay !== undefined) rules.push({ scope, key, limit: perDay, window: 'day' })
  return rules
}
