import { z } from 'zod'
import { type ThreadItem, threadItemSchema } from './items.js'
import { absentable, freeFormSchema, idSchema, openObject, timestampSchema } from './wire.js'

/** Reads a {@link ThreadStatus}. */
export const threadStatusSchema = z.discriminatedUnion('type', [
  openObject({ type: z.literal('active') }),
  openObject({ type: z.literal('locked'), reason: absentable(z.string()) }),
  openObject({ type: z.literal('closed'), reason: absentable(z.string()) }),
])

/** Reads {@link ThreadMetadata}; a missing `status` is active, missing `metadata` is `{}`. */
export const threadMetadataSchema = openObject({
  id: idSchema,
  title: absentable(z.string()),
  created_at: timestampSchema,
  status: threadStatusSchema.default({ type: 'active' }),
  allowed_image_domains: absentable(z.array(z.string())),
  metadata: freeFormSchema.default({}),
})

/** Makes the schema of a {@link Page} whose entries `item` reads. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return openObject({ data: z.array(item), has_more: z.boolean().default(false), after: absentable(idSchema) })
}

/** Reads a {@link Thread}. */
export const threadSchema = openObject({ ...threadMetadataSchema.shape, items: pageSchema(threadItemSchema) })

/** Whether a thread takes messages. Presentation only: a server that means it has to refuse by itself. ChatKit server protocol 1.6.5, `ThreadStatus`. */
export type ThreadStatus = z.infer<typeof threadStatusSchema>

/** A thread as it is stored: everything but its items. `metadata` is the server's own and never sent. ChatKit server protocol 1.6.5, `ThreadMetadata`. */
export type ThreadMetadata = z.infer<typeof threadMetadataSchema>

/** One page of a list. `after` is the id of the page's last row, there only while `has_more`. ChatKit server protocol 1.6.5, `Page`. */
export interface Page<Entry> {
  data: Entry[]
  has_more: boolean
  after?: string | undefined
}

/** A thread as it is sent: its `metadata` is always `{}`, its `items` one page, or the empty page in lists and events. ChatKit server protocol 1.6.5, `Thread`. */
export interface Thread extends ThreadMetadata {
  items: Page<ThreadItem>
}
