import { z } from 'zod'

/**
 * What Xpert's own chat reads from a run. Source: the Xpert contract, section 5.4 ("Dialect X"), and
 * `@xpert-ai/chatkit-types` 0.3.6. Absent members are left out, never null.
 */

const textSchema = z.object({ type: z.literal('text'), text: z.string(), id: z.string() })
const reasoningSchema = z.object({ type: z.literal('reasoning'), text: z.string(), id: z.string() })
const imageSchema = z.object({ type: z.literal('image_url'), id: z.string(), image_url: z.object({ url: z.string() }) })

/** A tool call, a step of the work, or a widget. */
const stepSchema = z.object({
  type: z.literal('component'),
  id: z.string(),
  data: z.object({
    category: z.enum(['Tool', 'Dashboard']),
    type: z.enum(['web_search', 'files', 'Widget']).optional(),
    tool: z.string().optional(),
    title: z.string().optional(),
    message: z.string().optional(),
    status: z.enum(['running', 'success', 'fail']).optional(),
    input: z.unknown().optional(),
    output: z.unknown().optional(),
    data: z.unknown().optional(),
    widgets: z.array(z.object({ name: z.string(), config: z.unknown() })).optional(),
  }),
})
export type StepContent = z.infer<typeof stepSchema>

/** A piece of the answer. What has the id of an earlier piece adds to it: text is appended, a step takes the new fields. */
export const chatContentSchema = z.discriminatedUnion('type', [textSchema, reasoningSchema, imageSchema, stepSchema])
export type ChatContent = z.infer<typeof chatContentSchema>

const eventNameSchema = z.enum([
  'on_conversation_start',
  'on_message_start',
  'on_agent_start',
  'on_agent_end',
  'on_chat_event',
  'on_interrupt',
  'on_client_effect',
  'on_message_end',
  'on_conversation_end',
  'on_error',
])
export type ChatEventName = z.infer<typeof eventNameSchema>

export const chatFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), data: chatContentSchema }),
  z.object({ type: z.literal('event'), event: eventNameSchema, data: z.record(z.string(), z.unknown()) }),
  z.object({ type: z.literal('complete') }),
])
export type ChatFrame = z.infer<typeof chatFrameSchema>

export const MESSAGE_STATUSES = ['thinking', 'success', 'error', 'interrupted', 'aborted'] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]
