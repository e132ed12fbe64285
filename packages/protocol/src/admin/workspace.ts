import { z } from 'zod'
import { nameSchema } from './wire.js'

/** Rate plans by name. Source: seed 004, rate plans. */
export const RATE_PLAN_NAMES = ['sandbox', 'professional', 'team', 'unlimited', 'enterprise'] as const

const limitSchema = z.int().min(1).nullable().describe('`null`: no limit.')
const limitsShape = { requests_per_minute: limitSchema, requests_per_day: limitSchema }
const sourceSchema = z.enum(['workspace', 'server']).describe('`server`: the workspace has said nothing of its own.')
const limitsSchema = z.object({ source: sourceSchema, ...limitsShape })
const ownLimitsSchema = z.strictObject(limitsShape).nullish().describe('`null`: what the server is set up for.')

export const adminWorkspaceSchema = z
  .object({
    id: z.string(),
    object: z.literal('workspace'),
    name: z.string(),
    default_app: z.string().describe('The app that answers at `/api/chatkit`.'),
    rate_plan: z.object({
      name: z.enum([...RATE_PLAN_NAMES, 'custom']),
      source: sourceSchema,
      ...limitsShape,
    }),
    retention: z.object({
      days: z.int().nullable().describe('How long a thread is kept that nobody touches; `null`: for ever.'),
      source: z.enum(['workspace', 'server']),
    }),
    user_limits: limitsSchema.describe('For each person.'),
    key_limits: limitsSchema.describe('For each API key.'),
  })
  .meta({ id: 'Workspace' })

export const updateWorkspaceBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    rate_plan: z
      .union([z.enum(RATE_PLAN_NAMES), z.strictObject(limitsShape)])
      .nullish()
      .describe('A plan by name, or limits; `null`: what the server is set up for.'),
    retention_days: z
      .int()
      .min(0)
      .max(36_500)
      .nullish()
      .describe('Threads nobody has touched for longer are deleted. 0: never; `null`: what the server is set up for.'),
    user_limits: ownLimitsSchema,
    key_limits: ownLimitsSchema,
  })
  .meta({ id: 'UpdateWorkspace' })

/** The workspace of the caller's key or login. */
export type AdminWorkspace = z.infer<typeof adminWorkspaceSchema>
/** What changes about the workspace. */
export type UpdateWorkspaceBody = z.input<typeof updateWorkspaceBodySchema>
export type RatePlanName = (typeof RATE_PLAN_NAMES)[number]
