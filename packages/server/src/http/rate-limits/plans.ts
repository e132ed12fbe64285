import type { RateLimits } from './rules.js'

type Plan = Pick<RateLimits, 'workspacePerMinute' | 'workspacePerDay'>

/** Plans by name. Source: seed 004, rate plans. */
export const RATE_PLANS = {
  sandbox: { workspacePerMinute: 100, workspacePerDay: 10_000 },
  professional: { workspacePerMinute: 500, workspacePerDay: 100_000 },
  team: { workspacePerMinute: 1_000, workspacePerDay: 500_000 },
  unlimited: {},
  /** Its numbers are agreed upon: until then there are none. */
  enterprise: {},
} as const satisfies Record<string, Plan>

/** The name of the plan with these limits; `custom` when there is none. */
export function planNameOf({ workspacePerMinute, workspacePerDay }: Plan): keyof typeof RATE_PLANS | 'custom' {
  for (const [name, plan] of Object.entries<Plan>(RATE_PLANS))
    if (plan.workspacePerMinute === workspacePerMinute && plan.workspacePerDay === workspacePerDay)
      return name as keyof typeof RATE_PLANS // a key of the table above
  return 'custom'
}
