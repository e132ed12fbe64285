import { z } from 'zod'
import { metadataSchema, partSchema } from '../assistants/schema.js'
import { runSchema } from '../runs/schema.js'

/** The wire shapes of schedules. Source: the Xpert contract, section 5.8. */

const schedule = z
  .string()
  .min(1)
  .max(200)
  .describe('Five fields, in UTC: minute, hour, day, month, weekday; or a word such as `@daily`.')
const endTime = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString())

/** What becomes of a thread that a run has for itself, under the name LangGraph has for it here. */
const afterwards = z.enum(['delete', 'keep']).nullish()

export const cronCreateSchema = runSchema.extend({
  schedule,
  end_time: endTime.nullish(),
  enabled: z.boolean().nullish().describe('`false`: nothing starts until it is changed.'),
  on_run_completed: afterwards,
})

export const cronChangeSchema = z.looseObject({
  schedule: schedule.optional(),
  end_time: endTime.nullish(),
  enabled: z.boolean().nullish(),
  on_run_completed: afterwards,
  metadata: metadataSchema.nullish(),
})

const filter = { assistant_id: z.string().max(256).nullish(), thread_id: z.string().max(256).nullish() }
export const cronCountSchema = z.object(filter)
export type CronFilter = z.infer<typeof cronCountSchema> & { enabled?: boolean | null | undefined }

export const cronSearchSchema = z.object({
  ...filter,
  ...partSchema,
  enabled: z.boolean().nullish(),
  sort_by: z.enum(['cron_id', 'assistant_id', 'thread_id', 'created_at', 'updated_at', 'next_run_date']).nullish(),
  sort_order: z.enum(['asc', 'desc']).nullish(),
  select: z.array(z.string().max(64)).max(32).nullish(),
})

export const toldCron = z.object({
  cron_id: z.string(),
  assistant_id: z.string(),
  thread_id: z.string().nullable(),
  schedule: z.string(),
  end_time: z.string().nullable(),
  next_run_date: z.string().nullable(),
  enabled: z.boolean(),
  on_run_completed: z
    .enum(['delete', 'keep'])
    .optional()
    .describe('What becomes of the threads of its own runs; absent: they are all on one.'),
  stopped_reason: z.string().nullable().describe('Why the server disabled it; `null`: it did not.'),
  payload: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
  user_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type WireCron = z.infer<typeof toldCron>
