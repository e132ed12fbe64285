import { z } from 'zod'
import { runStatusSchema } from '../run/run-status.js'
import { traceSpanSchema, traceSummarySchema } from '../run/trace.js'
import { adminPageQuerySchema, adminPageSchema, givenIdSchema, timeSchema } from './wire.js'

export const adminTraceSchema = z
  .object({
    id: z.string().describe('Of the run.'),
    object: z.literal('trace'),
    app: z.string(),
    user: z.string(),
    thread: z.string(),
    status: runStatusSchema,
    error: z.string().nullable().describe('The code of its failure.'),
    created_at: timeSchema,
    ended_at: timeSchema.nullable(),
    summary: traceSummarySchema
      .nullable()
      .describe('What it took; `null` while it runs, where no traces are kept, and once this one is too old.'),
  })
  .meta({ id: 'Trace' })

export const adminTraceDetailSchema = adminTraceSchema
  .extend({ spans: z.array(traceSpanSchema).describe('In the order of their beginning.') })
  .meta({ id: 'TraceWithSpans' })

export const adminTracePageSchema = adminPageSchema(adminTraceSchema).meta({ id: 'TracePage' })

export const adminTraceQuerySchema = adminPageQuerySchema.extend({
  app: givenIdSchema.optional(),
  user: givenIdSchema.optional(),
  thread: givenIdSchema.optional(),
  status: runStatusSchema.optional(),
  since: timeSchema.optional().describe('Only runs that began then or later.'),
  until: timeSchema.optional().describe('Only runs that began before.'),
})

/** One run of an app, and what it took. */
export type AdminTrace = z.infer<typeof adminTraceSchema>
/** The same with the tree of its parts. */
export type AdminTraceDetail = z.infer<typeof adminTraceDetailSchema>
