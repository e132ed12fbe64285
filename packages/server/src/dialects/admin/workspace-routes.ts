import {
  type AdminWorkspace,
  adminWorkspaceSchema,
  type UpdateWorkspaceBody,
  updateWorkspaceBodySchema,
} from '@parley/protocol/admin'
import type { OwnLimits, WorkspaceRecord, Workspaces } from '../../auth/workspaces.js'
import { planNameOf, RATE_PLANS } from '../../http/rate-limits/plans.js'
import type { RateLimits } from '../../http/rate-limits/rules.js'
import type { AppParts } from './app-routes.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface WorkspaceParts extends AppParts {
  workspaces: Workspaces
  /** What the server is set up for, where a workspace says nothing else. */
  limits: RateLimits
  retentionDays: number | undefined
}

export function workspaceRoutes(parts: WorkspaceParts): AdminRoute[] {
  const encode = (workspace: WorkspaceRecord) => encodeWorkspace(workspace, parts)
  const group = 'Workspace'
  return [
    defineRoute({
      id: 'getWorkspace',
      method: 'GET',
      path: '/workspace',
      group,
      summary: 'Get the workspace, its rate plan, and how long it keeps threads.',
      answer: adminWorkspaceSchema,
      run: async ({ principal }) => encode(await parts.workspaces.load(principal.workspaceId)),
    }),
    defineRoute({
      id: 'updateWorkspace',
      method: 'PATCH',
      path: '/workspace',
      group,
      summary:
        'Change the workspace: its name, its rate plan and limits, how long it keeps threads. New limits count within seconds, from what is counted already.',
      body: updateWorkspaceBodySchema,
      answer: adminWorkspaceSchema,
      async run({ principal, body: { name, retention_days, ...limits } }) {
        const change = (old: WorkspaceRecord): WorkspaceRecord => ({
          ...withRetention(withLimits(old, limits), retention_days),
          ...(name !== undefined && { name }),
        })
        return encode(await parts.workspaces.change(principal.workspaceId, change))
      },
    }),
  ]
}

/** What is left out stays; `null` takes it away. */
function withLimits(
  { rate_plan, user_limits, key_limits, ...rest }: WorkspaceRecord,
  changes: Pick<UpdateWorkspaceBody, 'rate_plan' | 'user_limits' | 'key_limits'>,
): WorkspaceRecord {
  const { rate_plan: plan } = changes
  const own = {
    rate_plan: changed(rate_plan, typeof plan === 'string' ? planLimits(RATE_PLANS[plan]) : plan),
    user_limits: changed(user_limits, changes.user_limits),
    key_limits: changed(key_limits, changes.key_limits),
  }
  return { ...rest, ...Object.fromEntries(Object.entries(own).filter(([, limits]) => limits)) }
}

/** Likewise; 0 is for ever. */
function withRetention(
  { retention_days: old, ...rest }: WorkspaceRecord,
  days: number | null | undefined,
): WorkspaceRecord {
  if (days === null) return rest
  const kept = days === undefined ? old : days === 0 ? null : days
  return { ...rest, ...(kept !== undefined && { retention_days: kept }) }
}

const changed = (old: OwnLimits | undefined, change: OwnLimits | null | undefined) =>
  change === undefined ? old : (change ?? undefined)

const toLimits = (perMinute: number | undefined, perDay: number | undefined): OwnLimits => ({
  requests_per_minute: perMinute ?? null,
  requests_per_day: perDay ?? null,
})

const planLimits = ({ workspacePerMinute, workspacePerDay }: RateLimits) =>
  toLimits(workspacePerMinute, workspacePerDay)

function encodeWorkspace(workspace: WorkspaceRecord, { limits, apps, retentionDays }: WorkspaceParts): AdminWorkspace {
  const { id, name, rate_plan, user_limits, key_limits, retention_days } = workspace
  const plan = rate_plan ?? planLimits(limits)
  return {
    id,
    object: 'workspace',
    name: name ?? id,
    default_app: apps.defaultAppId,
    rate_plan: {
      name: planNameOf({
        workspacePerMinute: plan.requests_per_minute ?? undefined,
        workspacePerDay: plan.requests_per_day ?? undefined,
      }),
      ...withSource(rate_plan, plan),
    },
    retention: {
      days: retention_days === undefined ? (retentionDays ?? null) : retention_days,
      source: retention_days === undefined ? 'server' : 'workspace',
    },
    user_limits: withSource(user_limits, toLimits(limits.userPerMinute, limits.userPerDay)),
    key_limits: withSource(key_limits, toLimits(limits.keyPerMinute, limits.keyPerDay)),
  }
}

const withSource = (own: OwnLimits | undefined, server: OwnLimits) => ({
  source: own ? ('workspace' as const) : ('server' as const),
  ...(own ?? server),
})
