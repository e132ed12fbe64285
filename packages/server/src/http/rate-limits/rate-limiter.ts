import { ParleyError } from '@parley/protocol'

/** At most `limit` requests in a window for everybody who shares `key`. */
export interface RateRule {
  /** Whose limit it is; named in the message of a refusal. */
  scope: 'user' | 'key' | 'session' | 'workspace'
  /** Unique for the holder, e.g. workspace and user id. */
  key: string
  limit: number
  /** `minute`: any 60 s; `day`: the UTC day. */
  window: 'minute' | 'day'
}

/** How much of a limit is left. */
export interface RateState {
  limit: number
  remaining: number
  /** Milliseconds until there is room for another request than those that remain. */
  resetMs: number
}

/** Counts requests. In one process they are counted in memory, among several in Redis. */
export interface RateLimiter {
  /**
   * Takes one request from every rule, or from none: a refused request does not count.
   *
   * @returns the state of the rule with the least left; `undefined` without rules.
   * @throws {ParleyError} `rate_limited`, with `retry_after` (seconds) and the state of the rule that refused.
   */
  take(rules: readonly RateRule[]): Promise<RateState | undefined>
  /** Fails when what the counts are shared by does not answer. Absent: they are shared by nothing. */
  check?(): Promise<void>
  close(): Promise<void>
}

/** A request that was counted. */
export interface Counted {
  /** How many there are now, with this one. */
  counted: number
  /** How long the window still lasts, or until the oldest of it leaves. */
  resetMs: number
  /** The request was refused: it does not count. */
  giveBack(): Promise<void>
}

/** Where the counts are. */
export interface Counters {
  /** Counts one more of a window that begins with its first. */
  count(key: string, windowSeconds: number): Promise<Counted>
  /** Counts one more of the last seconds, whenever one asks. */
  slide(key: string, windowSeconds: number): Promise<Counted>
  close(): Promise<void>
}

const MINUTE_SECONDS = 60
const DAY_SECONDS = 86_400

/**
 * A request passes when it is no more than the limit at the moment it is counted, and what is refused is taken back
 * afterwards: a count is never less than the requests that passed, however many come at once and wherever from.
 */
export function createRateLimiter(counters: Counters, now: () => number = Date.now): RateLimiter {
  return {
    async take(rules) {
      const taken: Counted[] = []
      let tightest: RateState | undefined
      for (const rule of rules) {
        const one = await countOne(counters, rule, now())
        const { counted, resetMs } = one
        taken.push(one)
        const state = { limit: rule.limit, remaining: Math.max(0, rule.limit - counted), resetMs }
        if (counted > rule.limit) {
          await Promise.all(taken.map((refused) => refused.giveBack()))
          throw refusal(rule, state)
        }
        if (!tightest || state.remaining < tightest.remaining) tightest = state
      }
      return tightest
    },
    close: () => counters.close(),
  }
}

/** A day's counter carries its date, so that it begins at midnight (UTC) for everybody. */
function countOne(counters: Counters, { scope, key, window }: RateRule, now: number): Promise<Counted> {
  if (window === 'minute') return counters.slide(`minute:${scope}:${key}`, MINUTE_SECONDS)
  const left = DAY_SECONDS - Math.floor((now / 1000) % DAY_SECONDS)
  return counters.count(`day:${scope}:${key}:${new Date(now).toISOString().slice(0, 10)}`, left)
}

const HOLDERS = { user: 'you', key: 'this API key', session: 'this session', workspace: 'this workspace' }

function refusal({ scope, limit, window }: RateRule, state: RateState): ParleyError {
  const seconds = Math.max(1, Math.ceil(state.resetMs / 1000))
  return new ParleyError(
    'rate_limited',
    `Too many requests: ${HOLDERS[scope]} may send ${limit} a ${window}. Try again in ${seconds} s.`,
    { details: { retry_after: seconds, rate: state, scope, window } },
  )
}

/** What a caller reads of its limit, beside every answer that counts. */
export const rateHeaders = ({ limit, remaining, resetMs }: RateState): Record<string, string> => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(Math.ceil((Date.now() + resetMs) / 1000)),
})
