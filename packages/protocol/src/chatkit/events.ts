import { z } from 'zod'
import { iconNameSchema } from './icons.js'
import { threadItemSchema } from './items.js'
import { threadSchema } from './threads.js'
import { threadItemUpdateSchema } from './updates.js'
import { absentable, freeFormSchema, idSchema, openObject } from './wire.js'

/** Reads {@link StreamOptions}. */
export const streamOptionsSchema = openObject({ allow_cancel: z.boolean() })

/** Reads a {@link ThreadCreatedEvent}. */
export const threadCreatedEventSchema = openObject({ type: z.literal('thread.created'), thread: threadSchema })

/** Reads a {@link ThreadUpdatedEvent}. */
export const threadUpdatedEventSchema = openObject({ type: z.literal('thread.updated'), thread: threadSchema })

/** Reads a {@link ThreadItemAddedEvent}. */
export const threadItemAddedEventSchema = openObject({ type: z.literal('thread.item.added'), item: threadItemSchema })

/** Reads a {@link ThreadItemUpdatedEvent}. */
export const threadItemUpdatedEventSchema = openObject({
  type: z.literal('thread.item.updated'),
  item_id: idSchema,
  update: threadItemUpdateSchema,
})

/** Reads a {@link ThreadItemDoneEvent}. */
export const threadItemDoneEventSchema = openObject({ type: z.literal('thread.item.done'), item: threadItemSchema })

/** Reads a {@link ThreadItemRemovedEvent}. */
export const threadItemRemovedEventSchema = openObject({ type: z.literal('thread.item.removed'), item_id: idSchema })

/** Reads a {@link ThreadItemReplacedEvent}. */
export const threadItemReplacedEventSchema = openObject({
  type: z.literal('thread.item.replaced'),
  item: threadItemSchema,
})

/** Reads a {@link StreamOptionsEvent}. */
export const streamOptionsEventSchema = openObject({
  type: z.literal('stream_options'),
  stream_options: streamOptionsSchema,
})

/** Reads a {@link ProgressUpdateEvent}. */
export const progressUpdateEventSchema = openObject({
  type: z.literal('progress_update'),
  text: z.string(),
  icon: absentable(iconNameSchema),
})

/** Reads a {@link ClientEffectEvent}. */
export const clientEffectEventSchema = openObject({
  type: z.literal('client_effect'),
  name: z.string(),
  data: freeFormSchema.default({}),
})

/** Reads an {@link ErrorEvent}. */
export const errorEventSchema = openObject({
  type: z.literal('error'),
  code: z.string().default('custom'),
  message: absentable(z.string()),
  allow_retry: z.boolean().default(false),
})

/** Reads a {@link NoticeEvent}. */
export const noticeEventSchema = openObject({
  type: z.literal('notice'),
  level: z.enum(['info', 'warning', 'danger']),
  message: z.string(),
  title: absentable(z.string()),
})

/** Reads a {@link ThreadStreamEvent}. */
export const threadStreamEventSchema = z.discriminatedUnion('type', [
  threadCreatedEventSchema,
  threadUpdatedEventSchema,
  threadItemAddedEventSchema,
  threadItemUpdatedEventSchema,
  threadItemDoneEventSchema,
  threadItemRemovedEventSchema,
  threadItemReplacedEventSchema,
  streamOptionsEventSchema,
  progressUpdateEventSchema,
  clientEffectEventSchema,
  errorEventSchema,
  noticeEventSchema,
])

/** What the client may do with the stream it reads: show a stop button or not. ChatKit server protocol 1.6.5, `StreamOptions`. */
export type StreamOptions = z.infer<typeof streamOptionsSchema>

/** A thread was made; first event of `threads.create`. ChatKit server protocol 1.6.5, `ThreadCreatedEvent`. */
export type ThreadCreatedEvent = z.infer<typeof threadCreatedEventSchema>

/** A thread's title, status or image domains changed. Its `items` is always the empty page and says nothing. ChatKit server protocol 1.6.5, `ThreadUpdatedEvent`. */
export type ThreadUpdatedEvent = z.infer<typeof threadUpdatedEventSchema>

/** An item began; it is not stored before it is done. ChatKit server protocol 1.6.5, `ThreadItemAddedEvent`. */
export type ThreadItemAddedEvent = z.infer<typeof threadItemAddedEventSchema>

/** An item that is not done yet has changed. ChatKit server protocol 1.6.5, `ThreadItemUpdatedEvent`. */
export type ThreadItemUpdatedEvent = z.infer<typeof threadItemUpdatedEventSchema>

/** An item is complete and stored. ChatKit server protocol 1.6.5, `ThreadItemDoneEvent`. */
export type ThreadItemDoneEvent = z.infer<typeof threadItemDoneEventSchema>

/** An item is gone, from the store too. ChatKit server protocol 1.6.5, `ThreadItemRemovedEvent`. */
export type ThreadItemRemovedEvent = z.infer<typeof threadItemRemovedEventSchema>

/** An item has a new content, perhaps of another kind, under the same id. ChatKit server protocol 1.6.5, `ThreadItemReplacedEvent`. */
export type ThreadItemReplacedEvent = z.infer<typeof threadItemReplacedEventSchema>

/** The {@link StreamOptions} of this stream; sent once, before any event of the agent. ChatKit server protocol 1.6.5, `StreamOptionsEvent`. */
export type StreamOptionsEvent = z.infer<typeof streamOptionsEventSchema>

/** A line that says what is going on, shown until the next item comes. ChatKit server protocol 1.6.5, `ProgressUpdateEvent`. */
export type ProgressUpdateEvent = z.infer<typeof progressUpdateEventSchema>

/** Something the page shall do without answering. ChatKit server protocol 1.6.5, `ClientEffectEvent`. */
export type ClientEffectEvent = z.infer<typeof clientEffectEventSchema>

/** The run failed. Code `custom`: show `message`; any other code: show the client's own text for it. ChatKit server protocol 1.6.5, `ErrorEvent`. */
export type ErrorEvent = z.infer<typeof errorEventSchema>

/** A message to the person beside the conversation; Markdown. ChatKit server protocol 1.6.5, `NoticeEvent`. */
export type NoticeEvent = z.infer<typeof noticeEventSchema>

/** What a streaming request sends: twelve kinds, told apart by `type`. ChatKit server protocol 1.6.5, `ThreadStreamEvent`. */
export type ThreadStreamEvent = z.infer<typeof threadStreamEventSchema>
