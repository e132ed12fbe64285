import { z } from 'zod'
import { askingShape, flag, limitSchema, namedUser, orAbsent, pageSchema } from '../schema.js'
import { finishedSchema, type GraphEventData, graphEventSchemas, RUN_STATUSES, reasonsSchema } from './event-schema.js'

/** The wire shapes of runs of graphs. Source: the ClickAI contract, sections 9 and 16. */

/** Body of `POST /v1/workflows/run`. */
export const runBodySchema = z.object(askingShape)

const { created_by: _, exceptions_count: __, files: ___, ...resultShape } = finishedSchema.shape
const placeShape = { workflow_run_id: z.string(), task_id: z.string().describe('What the run is stopped with.') }

/** What a whole run comes to. */
export const resultSchema = z
  .object({
    ...placeShape,
    data: z
      .object({
        ...resultShape,
        reasons: reasonsSchema.optional().describe('Of a run that is `paused`: what it asks.'),
      })
      .describe('`paused`: a person is asked.'),
  })
  .meta({ id: 'ClickAiRunResult' })
export type RunResult = z.infer<typeof resultSchema>

const event = <Name extends keyof GraphEventData>(name: Name) =>
  z.object({ event: z.literal(name), ...placeShape, data: graphEventSchemas[name] })

/** The events of such a run. */
export const runEventSchema = z
  .discriminatedUnion('event', [
    event('workflow_started'),
    event('node_started'),
    event('node_finished'),
    event('node_retry'),
    event('iteration_started'),
    event('iteration_next'),
    event('iteration_completed'),
    event('loop_started'),
    event('loop_next'),
    event('loop_completed'),
    event('text_chunk'),
    event('text_replace'),
    event('reasoning_chunk'),
    event('agent_log'),
    event('human_input_required'),
    event('human_input_form_filled'),
    event('workflow_paused'),
    event('workflow_finished'),
  ])
  .meta({ id: 'ClickAiRunEvent' })

/** A run as it is read afterwards. */
export const detailSchema = z
  .object({ ...resultShape, inputs: z.string().nullable().describe('JSON.') })
  .meta({ id: 'ClickAiRun' })
export type RunDetail = z.infer<typeof detailSchema>

export const eventsQuerySchema = z.object({
  ...namedUser,
  include_state_snapshot: flag.describe('Whether what has happened already is told first.'),
  continue_on_pause: flag.describe('Whether the stream stays open while a person is asked.'),
})

const time = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], 'it must be a time in ISO 8601')
  .describe('A time or a day in ISO 8601; in UTC where no zone is named.')

export const logsQuerySchema = z.object({
  keyword: z.string().max(1000).optional().describe('A part of the run’s id, user, inputs or outputs.'),
  status: z.enum(['succeeded', 'failed', 'stopped']).optional(),
  page: pageSchema,
  limit: limitSchema(100),
  created_at__before: time.optional(),
  created_at__after: time.optional(),
  created_by_end_user_session_id: z.string().optional().describe('Your id of a person.'),
  created_by_account: z.string().optional().describe('No account starts runs by this API: there are none.'),
})

const logSchema = z
  .object({
    id: z.string(),
    workflow_run: z.object({
      id: z.string(),
      version: z.string(),
      status: z.enum(RUN_STATUSES),
      error: z.string().nullable(),
      elapsed_time: z.number(),
      total_tokens: z.int(),
      total_steps: z.int(),
      created_at: z.int(),
      finished_at: z.int().nullable(),
      exceptions_count: z.int(),
      triggered_from: z.literal('app-run'),
    }),
    created_from: z.literal('service-api'),
    created_by_role: z.literal('end_user'),
    created_by_account: z.null(),
    created_by_end_user: z.object({
      id: z.string(),
      type: z.literal('service_api'),
      is_anonymous: z.boolean(),
      session_id: z.string(),
    }),
    created_at: z.int(),
    details: z.null(),
  })
  .meta({ id: 'ClickAiLog' })
export type Log = z.infer<typeof logSchema>

export const logsSchema = z.object({
  page: z.int(),
  limit: z.int(),
  total: z.int(),
  has_more: z.boolean(),
  data: z.array(logSchema),
})

/** Body of `POST /v1/form/human_input/{form_token}`. */
export const answerBodySchema = z.object({
  inputs: orAbsent(z.record(z.string(), z.unknown())).transform((inputs) => inputs ?? {}),
  action: z.string().min(1),
})
export type FormAnswer = z.infer<typeof answerBodySchema>
