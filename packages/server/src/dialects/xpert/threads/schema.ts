import { z } from 'zod'
import { metadataSchema, partSchema, timeSchema } from '../assistants/schema.js'
import { runControlSchema } from '../chat/run-control-schema.js'

/** An id that a client chooses. */
const ownIdSchema = z.string().min(1).max(256)

/** A hundred years: what is longer is for ever. */
const MOST_MINUTES = 100 * 366 * 24 * 60

export const minutesSchema = z.number().min(0.1).max(MOST_MINUTES)

/** How long a thread is kept. Source: `ThreadTTL` of LangGraph's clients, which also send the minutes alone. */
const ttlSchema = z
  .preprocess(
    (given) => (typeof given === 'number' ? { ttl: given } : given),
    z.object({
      ttl: minutesSchema.describe('Minutes after something last happened in the thread.'),
      strategy: z.literal('delete').nullish(),
    }),
  )
  .transform(({ ttl }) => ttl)

export const messageSchema = z.looseObject({
  type: z.string().optional(),
  role: z.string().optional(),
  id: z.string().max(256).nullish(),
  content: z.unknown().optional(),
  tool_call_id: z.string().nullish(),
})
export type InputMessage = z.infer<typeof messageSchema>

/** Values of a state: messages, and whatever else a client keeps beside them. */
export const valuesSchema = z.looseObject({
  messages: z.union([z.array(messageSchema).max(1000), messageSchema, z.string()]).optional(),
})
export type StateValues = z.infer<typeof valuesSchema>

/** What one node adds to the state. Source: `threads.create` of LangGraph's clients, `Command`. */
export const stateChangeSchema = z.looseObject({
  values: z.looseObject({}).nullish().describe('`messages` are added, other fields replaced.'),
  command: z
    .looseObject({ update: z.unknown().optional(), resume: z.unknown().optional(), goto: z.unknown().optional() })
    .nullish()
    .describe('`update` is more of `values`; `goto` says what comes next.'),
  as_node: z
    .string()
    .max(256)
    .nullish()
    .describe(
      '`agent`: as if the app had said it, so that nothing is left to answer; `__start__`: as if it came from outside.',
    ),
})
export type StateUpdate = z.infer<typeof stateChangeSchema>

/** `POST /threads`. Source: the Xpert contract, section 5.2. */
export const threadCreateSchema = z.object({
  thread_id: ownIdSchema.nullish(),
  metadata: metadataSchema.nullish().describe('Whatever you keep on it. `title` is its title, everywhere.'),
  if_exists: z.enum(['raise', 'do_nothing']).nullish(),
  assistant_id: z.string().max(256).nullish(),
  supersteps: z
    .array(z.object({ updates: z.array(stateChangeSchema).max(100) }))
    .max(100)
    .nullish()
    .describe('What it begins with, step by step.'),
  ttl: ttlSchema.nullish().describe('How long it is kept; absent: for as long as the server keeps threads.'),
})

/** `POST /threads/{id}/copy`. LangGraph's clients send nothing. */
export const threadCopySchema = z.object({
  beforeMessageId: ownIdSchema.nullish().describe('What stands before this message is copied. Left out: everything.'),
})

/** `PATCH /threads/{id}`. */
export const threadUpdateSchema = z.object({
  metadata: metadataSchema.nullish().describe('Added to what is there. `title` is its title, everywhere.'),
  ttl: ttlSchema.nullish().describe('How long it is kept from now on; `null` takes that back.'),
})

export const THREAD_STATUSES = ['idle', 'busy', 'interrupted', 'error', 'paused'] as const

const filterSchema = {
  metadata: metadataSchema.nullish(),
  values: metadataSchema.nullish(),
  status: z.enum(THREAD_STATUSES).nullish(),
}

/** `POST /threads/count`. */
export const threadCountSchema = z.object(filterSchema)
export type ThreadFilter = z.infer<typeof threadCountSchema> & { ids?: readonly string[] | null | undefined }

/** `POST /threads/search`. */
export const threadSearchSchema = z.object({
  ...filterSchema,
  ...partSchema,
  ids: z.array(z.string()).max(1000).nullish(),
  sort_by: z.enum(['thread_id', 'status', 'created_at', 'updated_at', 'state_updated_at']).nullish(),
  sort_order: z.enum(['asc', 'desc']).nullish(),
  select: z.array(z.string().max(64)).max(32).nullish(),
})

/** `POST /threads/{id}/state`. */
export const stateUpdateSchema = stateChangeSchema.extend({
  checkpoint: z.looseObject({ checkpoint_id: z.string().nullish() }).nullish(),
  checkpoint_id: z.string().nullish().describe('The place to add them at. What is newer stays as a branch.'),
})

/** `PATCH /threads/{id}/state`. */
export const statePatchSchema = z.object({ metadata: metadataSchema })

const placeSchema = z.looseObject({ checkpoint_id: z.string().nullish(), checkpoint_ns: z.string().nullish() })

/** `POST /threads/{id}/state/checkpoint`. */
export const checkpointBodySchema = z.object({ checkpoint: placeSchema, subgraphs: z.boolean().nullish() })

/** `POST /threads/{id}/history`. */
export const historySchema = z.object({
  limit: z
    .int()
    .min(1)
    .max(1000)
    .nullish()
    .transform((limit) => limit ?? 10),
  before: z
    .union([
      z.string(),
      z.looseObject({
        checkpoint_id: z.string().optional(),
        configurable: z.looseObject({ checkpoint_id: z.string().optional() }).optional(),
      }),
    ])
    .nullish(),
  metadata: metadataSchema.nullish(),
  checkpoint: placeSchema.nullish(),
})

/** What waits for a person or a page. */
export const interruptSchema = z
  .object({ id: z.string(), value: metadataSchema })
  .meta({ id: 'Interrupt', description: 'What waits for a person or a page.' })
export type Interrupt = z.infer<typeof interruptSchema>

const toolCallSchema = z.object({
  name: z.string(),
  args: metadataSchema,
  id: z.string(),
  type: z.literal('tool_call'),
})
export type ToolCall = z.infer<typeof toolCallSchema>

/** A message. Source: the Xpert contract, section 5.4. */
export const wireMessageSchema = z
  .object({
    type: z.enum(['human', 'ai', 'tool']),
    id: z.string(),
    content: z.union([z.string(), z.array(metadataSchema)]),
    additional_kwargs: metadataSchema,
    response_metadata: metadataSchema,
    name: z.string().optional(),
    tool_calls: z.array(toolCallSchema).optional(),
    tool_call_id: z.string().optional(),
    status: z.literal('success').optional(),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof wireMessageSchema>

/** A state, and what callers keep beside the messages. */
export const threadValuesSchema = z.looseObject({ messages: z.array(wireMessageSchema) }).meta({ id: 'ThreadValues' })
export type ThreadValues = z.infer<typeof threadValuesSchema>

/** Of a thread in which nothing was said yet, there is no state. */
const stateOrNoneSchema = z.union([threadValuesSchema, z.record(z.string(), z.never())])

/** The user a thread belongs to. Source: the Xpert contract, section 5.2. */
const ownerSchema = z.object({ id: z.string() })

/** A thread, as these clients know it. */
export const wireThreadSchema = z
  .object({
    thread_id: z.string(),
    created_at: timeSchema,
    updated_at: timeSchema,
    state_updated_at: timeSchema,
    created_by: ownerSchema,
    updated_by: ownerSchema,
    metadata: metadataSchema,
    status: z.enum(THREAD_STATUSES),
    runControl: runControlSchema.optional().describe('Of an answer that is paused.'),
    config: metadataSchema,
    values: stateOrNoneSchema.describe('The newest state of the conversation.'),
    interrupts: z.record(z.string(), z.array(interruptSchema)),
    error: z
      .object({ error: z.string(), message: z.string() })
      .optional()
      .describe('What went wrong, where `status` is `error`.'),
    ttl: z
      .object({ strategy: z.literal('delete'), ttl_minutes: z.number(), expires_at: timeSchema })
      .optional()
      .describe('Of a thread that goes by itself: not before `expires_at`, and not while it is answered.'),
  })
  .meta({ id: 'GraphThread' })
export type WireThread = z.infer<typeof wireThreadSchema>

export const checkpointSchema = z
  .object({
    thread_id: z.string(),
    checkpoint_ns: z.string(),
    checkpoint_id: z.string(),
    checkpoint_map: z.null(),
  })
  .meta({ id: 'Checkpoint' })
export type Checkpoint = z.infer<typeof checkpointSchema>

/** The state of a thread at one point. */
export const threadStateSchema = z
  .object({
    values: stateOrNoneSchema,
    next: z.array(z.string()),
    tasks: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        path: z.array(z.string()),
        error: z.string().nullable(),
        interrupts: z.array(interruptSchema),
        checkpoint: z.null(),
        state: z.null(),
        result: z.null(),
      }),
    ),
    interrupts: z.array(interruptSchema),
    metadata: metadataSchema,
    created_at: timeSchema.nullable(),
    checkpoint: checkpointSchema.nullable(),
    parent_checkpoint: checkpointSchema.nullable(),
  })
  .meta({ id: 'ThreadState' })
export type ThreadState = z.infer<typeof threadStateSchema>
