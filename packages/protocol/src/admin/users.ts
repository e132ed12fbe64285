import { z } from 'zod'
import { adminPageQuerySchema, adminPageSchema, timeSchema } from './wire.js'

export const adminUserSchema = z
  .object({
    id: z.string().describe('Who it is to the server that made the session or signed the token.'),
    object: z.literal('user'),
    first_seen_at: timeSchema.nullable(),
    last_active_at: timeSchema.nullable().describe('When somebody last wrote a message, or asked for a session.'),
    threads: z.int(),
  })
  .meta({ id: 'User' })

export const adminUserDetailSchema = adminUserSchema
  .extend({
    counts: z.object({
      threads: z.int(),
      items: z.int().describe('Messages, steps, widgets: everything that stands in the threads.'),
      runs: z.int(),
      files: z.int(),
      sessions: z.int().describe('Those of the last week, over or not.'),
    }),
  })
  .meta({ id: 'UserDetail' })

export const adminUserPageSchema = adminPageSchema(adminUserSchema).meta({ id: 'UserPage' })

export const adminUserQuerySchema = adminPageQuerySchema.extend({
  order: z.enum(['asc', 'desc']).default('asc').describe('By id.'),
  search: z.string().max(200).optional().describe('A part of the id; capitals do not matter.'),
})

/** A user of the workspace as lists show it. Users are whoever has threads, files or sessions: nobody registers them. */
export type AdminUser = z.infer<typeof adminUserSchema>
/** A user with counts of what is kept of them. */
export type AdminUserDetail = z.infer<typeof adminUserDetailSchema>
