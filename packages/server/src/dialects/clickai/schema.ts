import { z } from 'zod'

/** What several parts of this API have in common on the wire. Source: the ClickAI contract, sections 3, 5 and 11.2. */

/** On this wire null and the empty text mean the same as nothing. */
export const orAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional())

export const errorSchema = z
  .object({
    code: z.string().describe('One of a closed list, for programs.'),
    message: z.string().describe('What happened, for people.'),
    status: z.int(),
    params: z.string().optional().describe('The field it is about.'),
  })
  .meta({ id: 'ClickAiError' })
/** What a caller reads of a failure; also the end of a stream that failed. */
export type ErrorBody = z.infer<typeof errorSchema>

/** What most calls say of whose behalf they are on. */
export const namedUser = { user: z.string().describe('Your id of the person; conversations are kept apart by it.') }
export const ofUser = {
  user: z.string().optional().describe('Your id of the person. Absent: one that all such calls share.'),
}

export const successSchema = z.object({ result: z.literal('success') })

export const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'it must be a whole number')
  .transform(Number)

export const limitSchema = (most: number) => wholeNumber.pipe(z.number().min(1).max(most)).default(20)
export const pageSchema = wholeNumber.pipe(z.number().min(1)).default(1)

/** Yes or no in a query, as the languages of clients write it. */
export const flag = z
  .enum(['true', 'false', 'True', 'False', '0', '1'])
  .default('false')
  .transform((value) => value.toLowerCase() === 'true' || value === '1')

const MOST_ROWS = 100

/** What is asked of a list that is read by the numbers of its pages: more rows than there may be are as many as may be. */
export const numberedSchema = z.object({
  page: pageSchema,
  limit: wholeNumber
    .pipe(z.number().min(1))
    .transform((limit) => Math.min(limit, MOST_ROWS))
    .default(20),
})

/** Such a list. */
export const numberedListOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), has_more: z.boolean(), limit: z.int(), total: z.int(), page: z.int() })

/** A list that is read on from an id. */
export const listOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ limit: z.int(), has_more: z.boolean(), data: z.array(row) })

/** What a file is said to be; what it is, its bytes and its name say. */
const kindSchema = orAbsent(z.enum(['image', 'document', 'audio', 'video', 'custom']))

/** One file of a message, or of a variable. */
export const fileSchema = z.discriminatedUnion('transfer_method', [
  z.object({
    transfer_method: z.literal('local_file'),
    type: kindSchema,
    upload_file_id: z.string().min(1),
  }),
  z.object({
    transfer_method: z.literal('remote_url'),
    type: kindSchema,
    url: z.string().min(1),
  }),
])
export type WireFile = z.infer<typeof fileSchema>

/** Of one message. */
export const MOST_FILES = 10

/** What every question to an app has. */
export const askingShape = {
  inputs: orAbsent(z.record(z.string(), z.unknown())).transform((inputs) => inputs ?? {}),
  response_mode: orAbsent(z.enum(['blocking', 'streaming'])).transform((mode) => mode ?? 'blocking'),
  files: orAbsent(z.array(fileSchema).max(MOST_FILES)).transform((files) => files ?? []),
}
