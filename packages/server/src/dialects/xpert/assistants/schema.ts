import { z } from 'zod'

/** A word as a whole, or several. */
const words = z.array(z.string().max(64)).max(32)

export const metadataSchema = z.record(z.string(), z.unknown())

export const timeSchema = z.string().describe('ISO 8601.')

/** Where a list starts and how long it is. The clients send both. */
export const partSchema = {
  limit: z
    .int()
    .min(0)
    .max(1000)
    .nullish()
    .transform((limit) => limit ?? 10),
  offset: z
    .int()
    .min(0)
    .nullish()
    .transform((offset) => offset ?? 0),
}

const filterSchema = {
  graph_id: z.string().max(256).nullish(),
  name: z.string().max(256).nullish(),
  metadata: metadataSchema.nullish(),
}

/** `POST /assistants/search`. Source: the Xpert contract, section 5.1. */
export const assistantSearchSchema = z.object({
  ...filterSchema,
  ...partSchema,
  sort_by: z.enum(['assistant_id', 'graph_id', 'name', 'created_at', 'updated_at']).nullish(),
  sort_order: z.enum(['asc', 'desc']).nullish(),
  select: words.nullish(),
})

/** `POST /assistants/count`. */
export const assistantCountSchema = z.object(filterSchema)

export type AssistantFilter = z.infer<typeof assistantCountSchema>

/** The fields of an agent that a client may set. */
const settingsSchema = z.strictObject({
  instructions: z.string().max(100_000).optional(),
  model: z.string().min(1).max(256).optional(),
})
export type AgentSettings = z.infer<typeof settingsSchema>

const configSchema = z.looseObject({ configurable: settingsSchema.nullish() })

const changeShape = {
  name: z.string().min(1).max(256).nullish(),
  description: z.string().max(2000).nullish(),
  config: configSchema.nullish().describe('`configurable` may set `instructions` and `model`.'),
  context: settingsSchema.nullish().describe('The same, in its newer place.'),
  metadata: metadataSchema.nullish(),
}

/** `POST /assistants`. */
export const assistantCreateSchema = z.object({
  ...changeShape,
  graph_id: z.string().min(1).max(256).describe('The app whose agent it begins with.'),
  assistant_id: z.string().min(1).max(256).nullish(),
  if_exists: z.enum(['raise', 'do_nothing']).nullish(),
})

/** `PATCH /assistants/{id}`. */
export const assistantUpdateSchema = z.object({ ...changeShape, graph_id: z.string().min(1).max(256).nullish() })

/** `POST /assistants/{id}/latest`. */
export const assistantLatestSchema = z.object({ version: z.int().min(1).max(999_999_999) })

/** `POST /assistants/{id}/versions`. */
export const assistantVersionsSchema = z.object({ ...partSchema, metadata: metadataSchema.nullish() })

/** `POST /ui/{id}`. Source: `LoadExternalComponent` of LangGraph's clients. */
export const componentSchema = z.looseObject({ name: z.string().max(256).describe('What the page would draw.') })

/** An app, as these clients know it. */
export const assistantSchema = z
  .object({
    assistant_id: z.string().describe('The id of the app.'),
    graph_id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    version: z.int(),
    created_at: timeSchema,
    updated_at: timeSchema,
    config: metadataSchema,
    context: metadataSchema,
    metadata: metadataSchema,
  })
  .meta({ id: 'Assistant' })
export type Assistant = z.infer<typeof assistantSchema>
