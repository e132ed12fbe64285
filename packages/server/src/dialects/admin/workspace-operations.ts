import {
  type AdminWorkspace,
  adminWorkspaceSchema,
  type UpdateWorkspaceBody,
  updateWorkspaceBodySchema,
} from '@parley/protocol/admin'
import type { WorkspaceRecord, Workspaces } from '../../auth/workspaces.js'
import { planNameOf, RATE_PLANS } from '../../http/rate-limits/plans.js'
import type { RateLimits } from '../../http/rate-limits/rules.js'
import type { AppParts } from './app-operations.js'
import { defineOperation, type Operation } from './operation.js'

export interface WorkspaceParts extends AppParts {
  workspaces: Workspaces
  /** What the server is set up for, where a workspace says nothing else. */
  limits: RateLimits
  retentionDays: number | undefined
}

export function workspaceOperations(parts: WorkspaceParts): Operation[] {
  const encode = (workspace: WorkspaceRecord) => encodeWorkspace(workspace, parts)
  const group = 'Workspace'
  return [
    defineOperation({
      id: 'getWorkspace',
      method: 'GET',
      path: '/workspace',
      group,
      summary: 'Get the workspace, its rate plan, and how long it keeps threads.',
      answer: adminWorkspaceSchema,
      run: async ({ principal }) => encode(await parts.workspaces.load(principal.workspaceId)),
    }),
    defineOperation({
      id: 'updateWorkspace',
      method: 'PATCH',
      path: '/workspace',
      group,
      summary:
        'Change the workspace: its name, its rate plan, how long it keeps threads. A new plan counts within seconds.',
      body: updateWorkspaceBodySchema,
      answer: adminWorkspaceSchema,
      async run({ principal, body: { name, rate_plan, retention_days } }) {
        const change = (old: WorkspaceRecord): WorkspaceRecord => ({
          ...withRetention(withPlan(old, rate_plan), retention_days),
          ...(name !== undefined && { name }),
        })
        return encode(await parts.workspaces.change(principal.workspaceId, change))
      },
    }),
  ]
}

/** Left out, the plan stays; `null` takes it away. */
function withPlan(
  { rate_plan: old, ...rest }: WorkspaceRecord,
  plan: UpdateWorkspaceBody['rate_plan'],
): WorkspaceRecord {
  if (plan === null) return rest
  const kept = plan === undefined ? old : typeof plan === 'string' ? toPlan(RATE_PLANS[plan]) : plan
  return { ...rest, ...(kept && { rate_plan: kept }) }
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

const toPlan = ({ workspacePerMinute, workspacePerDay }: RateLimits) => ({
  requests_per_minute: workspacePerMinute ?? null,
  requests_per_day: workspacePerDay ?? null,
})

function encodeWorkspace(
  { id, name, rate_plan, retention_days }: WorkspaceRecord,
  { limits, apps, retentionDays }: WorkspaceParts,
): AdminWorkspace {
  const plan = rate_plan ?? toPlan(limits)
  const { requests_per_minute, requests_per_day } = plan
  return {
    id,
    object: 'workspace',
    name: name ?? id,
    default_app: apps.defaultAppId,
    rate_plan: {
      name: planNameOf({
        workspacePerMinute: requests_per_minute ?? undefined,
        workspacePerDay: requests_per_day ?? undefined,
      }),
      source: rate_plan ? 'workspace' : 'server',
      ...plan,
    },
    retention: {
      days: retention_days === undefined ? (retentionDays ?? null) : retention_days,
      source: retention_days === undefined ? 'server' : 'workspace',
    },
  }
}
