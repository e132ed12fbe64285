import type { Principal } from '../../auth/principal.js'
import type { RateRule } from './rate-limiter.js'

/** The limits of a server. Absent: unlimited. */
export interface RateLimits {
  /** Requests of one person a minute that make an app work: messages, actions, retries, files, recordings. */
  userPerMinute?: number
  /** Requests of a whole workspace, its plan. */
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

/** The rules a request has to pass, the narrowest first. */
export function rulesFor(
  limits: RateLimits,
  { workspaceId, userId, session }: Principal,
  cost: RequestCost,
): RateRule[] {
  const { userPerMinute, workspacePerMinute, workspacePerDay } = limits
  const user = JSON.stringify([workspaceId, userId, cost === 'work' ? cost : 'read'])
  const rules: RateRule[] = []
  const sessionPerMinute = session?.rules.requests_per_minute
  if (session && typeof sessionPerMinute === 'number' && cost !== 'follow')
    rules.push({ scope: 'session', key: session.id, limit: sessionPerMinute, window: 'minute' })
  if (userPerMinute !== undefined) {
    const limit = cost === 'work' ? userPerMinute : userPerMinute * READS_PER_WORK
    rules.push({ scope: 'user', key: user, limit, window: 'minute' })
  }
  if (cost !== 'work') return rules
  if (workspacePerMinute !== undefined)
    rules.push({ scope: 'workspace', key: workspaceId, limit: workspacePerMinute, window: 'minute' })
  if (workspacePerDay !== undefined)
    rules.push({ scope: 'workspace', key: workspaceId, limit: workspacePerDay, window: 'day' })
  return rules
}
