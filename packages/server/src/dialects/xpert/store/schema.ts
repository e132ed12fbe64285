import { z } from 'zod'
import { metadataSchema, partSchema } from '../assistants/schema.js'
import { minutesSchema } from '../threads/schema.js'

const label = z.string().min(1).max(256)
const namespaceSchema = z.array(label).min(1).max(32)
const prefixSchema = z.array(label).max(32)

/** The name of a value. */
export const itemNameSchema = z.looseObject({ namespace: namespaceSchema, key: label })

/** `PUT /store/items`. Source: the Xpert contract, section 5.8. */
export const itemPutSchema = z.looseObject({
  namespace: namespaceSchema.describe('Names from the outermost to the innermost.'),
  key: label,
  value: metadataSchema.describe('An object; it takes the place of what has the same name.'),
  ttl: minutesSchema
    .nullish()
    .describe('Minutes it is kept after it was put or last read. Absent, or `null`: until it is deleted.'),
  index: z
    .union([z.literal(false), z.array(z.string().min(1).max(256)).max(100)])
    .nullish()
    .describe(
      'What a search for words looks at: fields by their paths, such as `text` or `list[*].name`, or `false` for nothing. Absent: all of it.',
    ),
})

/** `GET /store/items`: the names of the namespace stand in one text, with dots between them. */
export const itemQuerySchema = z.looseObject({
  namespace: z.string().optional().describe('With dots between the names.'),
  key: label,
  refresh_ttl: z
    .enum(['true', 'false', '1', '0'])
    .optional()
    .transform((flag) => flag === undefined || flag === 'true' || flag === '1')
    .describe('Whether its minutes count from now on; they do, unless it is `false`.'),
})

/** `POST /store/items/search`. */
export const itemSearchSchema = z.looseObject({
  namespace_prefix: prefixSchema.nullish(),
  filter: metadataSchema
    .nullish()
    .describe(
      'What the values hold, at any depth; `{"$gt": 3}` in place of a value compares: $eq, $ne, $gt, $gte, $lt, $lte.',
    ),
  query: z.string().max(1000).nullish().describe('Words that the values hold.'),
  refresh_ttl: z
    .boolean()
    .nullish()
    .describe('Whether the minutes of what is found count from now on; they do, unless it is `false`.'),
  ...partSchema,
})

/** `POST /store/namespaces`. */
export const namespaceSearchSchema = z.looseObject({
  prefix: prefixSchema.nullish(),
  suffix: prefixSchema.nullish(),
  max_depth: z.int().min(1).max(32).nullish(),
  limit: z
    .int()
    .min(0)
    .max(1000)
    .nullish()
    .transform((limit) => limit ?? 100),
  offset: z
    .int()
    .min(0)
    .nullish()
    .transform((offset) => offset ?? 0),
})

export const itemSchema = z.object({
  namespace: z.array(z.string()),
  key: z.string(),
  value: metadataSchema,
  created_at: z.string(),
  updated_at: z.string(),
})
export type WireItem = z.infer<typeof itemSchema>
