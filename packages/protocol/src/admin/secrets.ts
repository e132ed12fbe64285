import { z } from 'zod'
import { adminPageQuerySchema, adminPageSchema, timeSchema } from './wire.js'

const secretNameSchema = z
  .string()
  .regex(/^[A-Za-z_]\w{0,99}$/, 'it must be letters, digits and _, for example ORDERS_KEY')
  .describe('What headers of tools call it by: `Bearer {{ORDERS_KEY}}`. It never changes.')

const secretHostSchema = z
  .string()
  .regex(
    /^(?:(?:\*\.)?[\w-]+(?:\.[\w-]+)*|\[[\da-fA-F:]+\])(?::\d{1,5})?$/,
    'it must be a host such as api.example.com, with its port if the address has one; *.example.com is every host below',
  )
  .max(260)
  .describe('The host it may be sent to, and no other.')

const secretValueSchema = z
  .string()
  .min(1)
  .max(4000)
  .regex(/^[\x20-\x7e]+$/, 'it must be what a header can hold: one line of plain characters')
  .describe('Stored encrypted; no answer ever holds it.')

export const adminSecretSchema = z
  .object({
    id: z.string().describe('Its name.'),
    object: z.literal('secret'),
    host: z.string(),
    masked: z.string().describe('The end of it, by which a person knows it again.'),
    created_at: timeSchema,
    updated_at: timeSchema,
  })
  .meta({ id: 'Secret' })

export const adminSecretPageSchema = adminPageSchema(adminSecretSchema).meta({ id: 'SecretPage' })
export const adminSecretQuerySchema = adminPageQuerySchema

export const createSecretBodySchema = z
  .strictObject({ name: secretNameSchema, host: secretHostSchema, value: secretValueSchema })
  .meta({ id: 'CreateSecret' })

export const updateSecretBodySchema = z
  .strictObject({ host: secretHostSchema.optional(), value: secretValueSchema.optional() })
  .refine(({ host, value }) => host === undefined || value !== undefined, {
    error: 'a new host needs the value again, so that nobody can send the old one elsewhere',
    path: ['value'],
  })
  .meta({ id: 'UpdateSecret' })

/** Something that tools send and nobody reads. */
export type AdminSecret = z.infer<typeof adminSecretSchema>
/** What a new one is made from. */
export type CreateSecretBody = z.input<typeof createSecretBodySchema>
/** What changes about one. */
export type UpdateSecretBody = z.input<typeof updateSecretBodySchema>
