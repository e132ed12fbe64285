import { z } from 'zod'
import { adminPageQuerySchema, adminPageSchema, nameSchema, timeSchema } from './wire.js'

const providerIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'it must be letters, digits, dots, dashes and underscores')

const baseUrlSchema = z
  .url({ protocol: /^https?$/, error: 'it must be a full address, for example https://models.example.com/v1' })
  .max(2000)
  .refine((url) => {
    if (!URL.canParse(url)) return true // said already
    const { username, password } = new URL(url)
    return username === '' && password === ''
  }, 'it must hold no user name and no password: the key goes into api_key')
  .describe('An OpenAI-compatible host, up to and including the version.')

const apiKeySchema = z
  .string()
  .min(1)
  .max(4000)
  .regex(/^[\x21-\x7e]+$/, 'it must be a key without spaces, as the host shows it')
  .describe('Stored encrypted; no answer ever holds it.')

const price = z.number().min(0).max(1_000_000)

const pricesSchema = z
  .record(z.string().min(1).max(200), z.strictObject({ input: price, cached: price.optional(), output: price }))
  .refine((table) => Object.keys(table).length <= 200, 'it must be 200 models or fewer')
  .describe('What its models cost, by name: US dollars per million tokens. Of others it is not known.')

export const adminProviderSchema = z
  .object({
    id: z.string(),
    object: z.literal('provider'),
    name: z.string(),
    base_url: z.string(),
    prices: pricesSchema,
    masked: z.string().nullable().describe('The end of its key; `null`: it has none.'),
    created_at: timeSchema,
    updated_at: timeSchema,
  })
  .meta({ id: 'Provider' })

export const adminProviderPageSchema = adminPageSchema(adminProviderSchema).meta({ id: 'ProviderPage' })
export const adminProviderQuerySchema = adminPageQuerySchema

export const createProviderBodySchema = z
  .strictObject({
    id: providerIdSchema.optional().describe('Absent: a new one. It never changes.'),
    name: nameSchema,
    base_url: baseUrlSchema,
    api_key: apiKeySchema.nullish(),
    prices: pricesSchema.optional(),
  })
  .meta({ id: 'CreateProvider' })

export const updateProviderBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    base_url: baseUrlSchema.optional(),
    api_key: apiKeySchema.nullish().describe('`null`: none any more.'),
    prices: pricesSchema.optional().describe('In place of all there were.'),
  })
  .refine(({ base_url, api_key }) => base_url === undefined || api_key !== undefined, {
    error: 'a new address needs its api_key again (or null), so that nobody can send the old key elsewhere',
    path: ['api_key'],
  })
  .meta({ id: 'UpdateProvider' })

/** What models cost, by name: US dollars per million tokens. */
export type ModelPrices = z.infer<typeof pricesSchema>
/** A model host of the workspace's own. */
export type AdminProvider = z.infer<typeof adminProviderSchema>
/** What a new one is made from. */
export type CreateProviderBody = z.input<typeof createProviderBodySchema>
/** What changes about one. */
export type UpdateProviderBody = z.input<typeof updateProviderBodySchema>
