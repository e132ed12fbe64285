import { ParleyError } from '@parley/protocol'
import type { ServerCaller } from '../auth/access.js'
import type { Principal } from '../auth/principal.js'
import type { WorkspaceRecord, Workspaces } from '../auth/workspaces.js'
import type { Observer } from '../base/observer.js'
import { addAnswerHeaders } from '../http/answer-headers.js'
import { type RateLimiter, type RateRule, rateHeaders } from '../http/rate-limits/rate-limiter.js'
import { type RateLimits, type RequestCost, rulesFor, rulesForKey } from '../http/rate-limits/rules.js'
import type { Caller } from './caller.js'

export interface AdmissionParts {
  limiter: RateLimiter
  limits: RateLimits
  workspaces: Workspaces
  observer: Observer | undefined
}

/** Counts requests against every limit their caller has; what is left goes with the answer. */
export function admission({ limiter, limits, workspaces, observer }: AdmissionParts) {
  const limitsOf = async (workspaceId: string) => withOwn(limits, await workspaces.recall(workspaceId))
  const take = async (request: Request, rules: RateRule[]) => {
    const state = rules.length > 0 ? await limiter.take(rules).catch(tellOf(observer)) : undefined
    if (state) addAnswerHeaders(request, rateHeaders(state))
  }
  return {
    user: async (request: Request, caller: Caller, cost: RequestCost) =>
      take(request, rulesFor(await limitsOf(caller.workspaceId), caller, cost)),
    /** Whoever holds a key counts for that key too. */
    async either(request: Request, principal: Principal, cost: RequestCost) {
      const { workspaceId, key } = principal
      const own = await limitsOf(workspaceId)
      const ofKey = key ? rulesForKey(own, { workspaceId, keyId: key.id }, 'set up') : []
      await take(request, [...ofKey, ...rulesFor(own, principal, cost)])
    },
    async key(request: Request, caller: ServerCaller, purpose: 'serve' | 'set up'): Promise<ServerCaller> {
      await take(request, rulesForKey(await limitsOf(caller.workspaceId), caller, purpose))
      return caller
    },
  }
}

/** What a workspace says of itself takes the place of what the server says. */
const withOwn = (limits: RateLimits, { rate_plan, user_limits, key_limits }: WorkspaceRecord): RateLimits => ({
  ...limits,
  ...(rate_plan && {
    workspacePerMinute: rate_plan.requests_per_minute ?? undefined,
    workspacePerDay: rate_plan.requests_per_day ?? undefined,
  }),
  ...(user_limits && {
    userPerMinute: user_limits.requests_per_minute ?? undefined,
    userPerDay: user_limits.requests_per_day ?? undefined,
  }),
  ...(key_limits && {
    keyPerMinute: key_limits.requests_per_minute ?? undefined,
    keyPerDay: key_limits.requests_per_day ?? undefined,
  }),
})

const tellOf =
  (observer: Observer | undefined) =>
  (thrown: unknown): never => {
    if (thrown instanceof ParleyError && thrown.code === 'rate_limited') {
      const { scope, window } = thrown.options.details ?? {}
      observer?.requestRefused({ scope: String(scope), window: String(window) })
    }
    throw thrown
  }
