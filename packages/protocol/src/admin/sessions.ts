import { z } from 'zod'
import { streamLanguageSchema } from './stream-language.js'
import { adminPageQuerySchema, adminPageSchema, givenIdSchema, timeSchema } from './wire.js'

const statusSchema = z.enum(['active', 'expired', 'cancelled'])

export const adminSessionSchema = z
  .object({
    id: z.string(),
    object: z.literal('session'),
    user: z.string(),
    app: z.string().nullable().describe('The one app it reaches; `null`: every app.'),
    app_alias: z.string().nullable().describe('What its maker called the app.'),
    app_version: z.string().nullable().describe('`null`: the newest.'),
    stream_language: streamLanguageSchema.nullable().describe('That of the key it was made with.'),
    status: statusSchema,
    created_at: timeSchema,
    expires_at: timeSchema,
    cancelled_at: timeSchema.nullable(),
    requests_per_minute: z.int().nullable().describe('`null`: as many as one likes.'),
    uploads: z.object({ enabled: z.boolean(), max_bytes: z.number().nullable(), max_files: z.int().nullable() }),
    history: z.object({ enabled: z.boolean(), recent_threads: z.int().nullable() }),
    state_variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'Session' })

export const adminNewSessionSchema = adminSessionSchema
  .extend({ client_secret: z.string().describe('What the chat gets. It is shown this once: only its hash is kept.') })
  .meta({ id: 'SessionWithSecret' })

export const createSessionBodySchema = z
  .strictObject({
    user: givenIdSchema.describe('Whose conversations it sees and writes.'),
    app: givenIdSchema.describe('The one app it reaches, by its id or another name of it.'),
  })
  .meta({ id: 'CreateSession' })

export const adminSessionPageSchema = adminPageSchema(adminSessionSchema).meta({ id: 'SessionPage' })

export const adminSessionQuerySchema = adminPageQuerySchema.extend({
  user: givenIdSchema.optional(),
  app: givenIdSchema.optional().describe('The id of an app.'),
  status: statusSchema.optional(),
})

/** A session that was just made, with the secret for the chat. */
export type AdminNewSession = z.infer<typeof adminNewSessionSchema>
/** What a new session is made from. */
export type CreateSessionBody = z.input<typeof createSessionBodySchema>
/** A session of a user's browser. Of its client secret there is only the hash. */
export type AdminSession = z.infer<typeof adminSessionSchema>
