import { z } from 'zod'

/** Wire shapes of the admin API. Times are ISO 8601 in UTC; what a body does not know is refused, so that a typing error is noticed. */

export const MOST_PER_PAGE = 100
const DEFAULT_PER_PAGE = 20

export const nameSchema = z.string().trim().min(1).max(200).describe('For people.')
export const timeSchema = z.iso.datetime().describe('ISO 8601, UTC.')
/** An id of ours, or one that somebody else chose. */
export const givenIdSchema = z.string().min(1).max(512)

/** The query every list takes. */
export const adminPageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(DEFAULT_PER_PAGE).describe('Rows per page.'),
  order: z.enum(['asc', 'desc']).default('desc').describe('`desc`: the newest first.'),
  after: givenIdSchema.optional().describe('Id of the last row already read: the page starts behind it.'),
})

/** Makes the schema of one page of a list. */
export const adminPageSchema = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({
    data: z.array(entry),
    has_more: z.boolean(),
    after: z.string().optional().describe('What the next page is asked for with; there only while `has_more`.'),
  })

export const adminErrorSchema = z
  .object({
    error: z.object({
      code: z.string().describe('One of a closed list, for programs.'),
      message: z.string().describe('What happened and what to do about it, for people.'),
      param: z.string().optional().describe('The field the failure is about.'),
    }),
  })
  .meta({ id: 'Error' })

/** What a failed call of the admin API answers. */
export type AdminError = z.infer<typeof adminErrorSchema>
