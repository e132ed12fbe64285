import { z } from 'zod'
import { goalSchema, partSchema } from '../conversations/schema.js'

/**
 * What a conversation has come to, for the panel beside Xpert's chat. Source: the Xpert contract, section 5.9, and
 * `@xpert-ai/chatkit-types`.
 */

const resource = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('url'), url: z.string() }),
    z.object({ type: z.literal('message'), messageId: z.string() }),
  ])
  .optional()

const common = {
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  resource,
  messageId: z.string().optional(),
  updatedAt: z.string(),
}

export const outputSchema = z.object({
  ...common,
  kind: z.literal('image'),
  status: z.enum(['running', 'success']),
})

export const sourceSchema = z.object({
  ...common,
  kind: z.enum(['attachment', 'quote', 'web_page', 'knowledge']),
})

export const pendingSchema = z.object({
  id: z.string(),
  kind: z.enum(['approval', 'user_input']).describe('Consent to a call of a tool, or anything else.'),
  title: z.string(),
  createdAt: z.string(),
})

/** The parts of a summary that are lists. */
export const SECTIONS = {
  outputs: outputSchema,
  sources: sourceSchema,
  agents: z.never(),
  pending: pendingSchema,
} as const
export type Section = keyof typeof SECTIONS

const previewOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ items: z.array(entry).describe('The newest three.'), total: z.int() })

export const taskSummarySchema = z.object({
  version: z.literal(1),
  conversationId: z.string(),
  threadId: z.string(),
  task: z.object({ goal: goalSchema.optional() }),
  outputs: previewOf(outputSchema),
  sources: previewOf(sourceSchema),
  agents: previewOf(SECTIONS.agents).describe('An app answers as one: there are none.'),
  pending: previewOf(pendingSchema),
  updatedAt: z.string(),
})
export type TaskSummary = z.infer<typeof taskSummarySchema>

export const sectionQuerySchema = partSchema

export const sectionPageSchema = z.object({
  section: z.enum(['outputs', 'sources', 'agents', 'pending']),
  items: z.array(z.union([outputSchema, sourceSchema, pendingSchema])),
  total: z.int(),
  offset: z.int(),
  limit: z.int(),
})

export type Output = z.infer<typeof outputSchema>
export type Source = z.infer<typeof sourceSchema>
export type Pending = z.infer<typeof pendingSchema>
