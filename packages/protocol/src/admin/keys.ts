import { z } from 'zod'
import { streamLanguageSchema } from './stream-language.js'
import { adminPageQuerySchema, adminPageSchema, givenIdSchema, nameSchema, timeSchema } from './wire.js'

/** What an API key may do. */
export const ADMIN_KEY_SCOPES = ['chat', 'threads', 'knowledge', 'admin'] as const

const scopesSchema = z
  .array(z.enum(ADMIN_KEY_SCOPES))
  .min(1)
  .describe(
    '`chat`: sessions and messages; `threads`: reading and deleting threads of all users; `knowledge`: the knowledge bases, by `/v1/datasets`; `admin`: this API.',
  )

const expirySchema = z.iso.datetime({ offset: true }).describe('ISO 8601, in the future.')

export const adminKeySchema = z
  .object({
    id: z.string(),
    object: z.literal('api_key'),
    name: z.string(),
    masked: z.string().describe('The beginning and the last four characters of the key.'),
    scopes: scopesSchema,
    app: z.string().nullable().describe('The one app it reaches; `null`: every app.'),
    stream_language: streamLanguageSchema.nullable(),
    created_at: timeSchema,
    expires_at: timeSchema.nullable().describe('`null`: never.'),
    last_used_at: timeSchema.nullable().describe('To the minute; `null`: never.'),
    previous: z
      .object({ masked: z.string(), expires_at: timeSchema })
      .nullable()
      .describe('The key it was before its last rotation, while that one still works.'),
  })
  .meta({ id: 'ApiKey' })

export const adminNewKeySchema = adminKeySchema
  .extend({ secret: z.string().describe('The key itself. It is shown this once: only its hash is kept.') })
  .meta({ id: 'ApiKeyWithSecret' })

export const adminKeyPageSchema = adminPageSchema(adminKeySchema).meta({ id: 'ApiKeyPage' })
export const adminKeyQuerySchema = adminPageQuerySchema

export const createKeyBodySchema = z
  .strictObject({
    name: nameSchema,
    scopes: scopesSchema.default(['chat']),
    app: givenIdSchema
      .nullish()
      .describe('Binds the key to one app. A key of the scope `admin` or `knowledge` cannot be bound.'),
    stream_language: streamLanguageSchema.nullish(),
    expires_at: expirySchema.nullish().describe('From when on it is worth nothing. Absent: never.'),
  })
  .meta({ id: 'CreateApiKey' })

export const updateKeyBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    stream_language: streamLanguageSchema.nullish(),
  })
  .meta({ id: 'UpdateApiKey' })

/** A week: long enough to change every server, short enough to end. */
const LONGEST_OVERLAP_SECONDS = 7 * 24 * 3600

export const rotateKeyBodySchema = z
  .strictObject({
    overlap_seconds: z
      .int()
      .min(0)
      .max(LONGEST_OVERLAP_SECONDS)
      .default(0)
      .describe('How long the old key goes on working beside the new one.'),
  })
  .meta({ id: 'RotateApiKey' })

/** An API key as the admin API shows it: never the key itself. */
export type AdminKey = z.infer<typeof adminKeySchema>
/** A key that was just made, with its secret. */
export type AdminNewKey = z.infer<typeof adminNewKeySchema>
/** What a new key is made from. */
export type CreateKeyBody = z.input<typeof createKeyBodySchema>
/** What changes about a key; its secret and what it may do stay. */
export type UpdateKeyBody = z.input<typeof updateKeyBodySchema>
/** How a key is rotated. */
export type RotateKeyBody = z.input<typeof rotateKeyBodySchema>
