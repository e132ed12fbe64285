import { z } from 'zod'
import { metadataSchema, partSchema } from '../assistants/schema.js'

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
})

/** `GET /store/items`: the names of the namespace stand in one text, with dots between them. */
export const itemQuerySchema = z.looseObject({
  namespace: z.string().optional().describe('With dots between the names.'),
  key: label,
})

/** `POST /store/items/search`. */
export const itemSearchSchema = z.looseObject({
  namespace_prefix: prefixSchema.nullish(),
  filter: metadataSchema.nullish(),
  query: z.string().max(1000).nullish().describe('Words that the values hold.'),
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
