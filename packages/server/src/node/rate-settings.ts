/** How many requests callers may send; what is absent has no limit. */
export interface RateSettings {
  userPerMinute?: number
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

/** Plans by name. Source: seed 004, rate plans. */
const PLANS: Record<string, RateSettings> = {
  sandbox: { workspacePerMinute: 100, workspacePerDay: 10_000 },
  professional: { workspacePerMinute: 500, workspacePerDay: 100_000 },
  team: { workspacePerMinute: 1_000, workspacePerDay: 500_000 },
  unlimited: {},
}

/** A plan by name or in numbers; undefined when it is neither. */
export function readPlan(plan: string): RateSettings | undefined {
  const known = PLANS[plan.toLowerCase()]
  if (known) return known
  const numbers = /^(\d+)\/minute,\s*(\d+)\/day$/.exec(plan)
  return numbers ? { workspacePerMinute: Number(numbers[1]), workspacePerDay: Number(numbers[2]) } : undefined
}
