import { RATE_PLANS } from '../http/rate-limits/plans.js'

/** How many requests callers may send; what is absent has no limit. */
export interface RateSettings {
  userPerMinute?: number
  userPerDay?: number
  keyPerMinute?: number
  keyPerDay?: number
  workspacePerMinute?: number
  workspacePerDay?: number
}

/** Messages a minute for one person where nothing else is said, in production. Source: seed 002, "Rate Limiting". */
const USER_PER_MINUTE = 10

/** In development mode everybody is one person, so a limit has to be asked for; 0 is none. */
export function userLimit(asked: number | undefined, isProduction: boolean): number | undefined {
  if (asked !== undefined) return asked || undefined
  return isProduction ? USER_PER_MINUTE : undefined
}

/** A plan by name or in numbers; undefined when it is neither. */
export function readPlan(plan: string): RateSettings | undefined {
  const known: RateSettings | undefined = new Map(Object.entries(RATE_PLANS)).get(plan.toLowerCase())
  if (known) return known
  const numbers = readNumbers(plan)
  return numbers && { workspacePerMinute: numbers.perMinute, workspacePerDay: numbers.perDay }
}

/** What each API key may ask, in numbers; undefined when it is none. */
export function readKeyLimits(limits: string): RateSettings | undefined {
  const numbers = readNumbers(limits)
  return numbers && { keyPerMinute: numbers.perMinute, keyPerDay: numbers.perDay }
}

/** `200/minute,20000/day` */
function readNumbers(text: string): { perMinute: number; perDay: number } | undefined {
  const numbers = /^(\d+)\/minute,\s*(\d+)\/day$/.exec(text)
  return numbers ? { perMinute: Number(numbers[1]), perDay: Number(numbers[2]) } : undefined
}
