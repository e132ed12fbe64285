import { LIMITS } from '@parley/protocol'
import { z } from 'zod'
import { chatContentSchema, MESSAGE_STATUSES } from '../chat/event-schema.js'
import { THREAD_STATUSES } from '../threads/schema.js'

/** The wire shapes of Xpert's conversations. Source: the Xpert contract, section 5.9. */

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)
const id = z.string().min(1).max(LIMITS.idLength)
const title = z.string().max(LIMITS.labelLength)

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** A value a field must have, or what it is compared with. */
export const conditionSchema = z.union([
  scalar,
  z.strictObject({
    $eq: scalar.optional(),
    $ne: scalar.optional(),
    $in: z.array(scalar).max(1000).optional(),
    $notIn: z.array(scalar).max(1000).optional(),
    $like: z.string().max(1000).optional(),
    $ilike: z.string().max(1000).optional(),
    $contains: z.string().max(1000).optional(),
    $gt: scalar.optional(),
    $gte: scalar.optional(),
    $lt: scalar.optional(),
    $lte: scalar.optional(),
    $isNull: z.boolean().optional(),
  }),
])
export type Condition = z.infer<typeof conditionSchema>

const limit = z.coerce.number().int().min(0).max(1000)
const offset = z.coerce.number().int().min(0)

/** A part of a list. */
export const partSchema = z.object({
  limit: optional(limit).transform((value) => value ?? 50),
  offset: optional(offset).transform((value) => value ?? 0),
})

/** `POST …/search`, of any list. */
export const rowSearchSchema = partSchema.extend({
  where: optional(z.record(z.string().max(64), conditionSchema)),
  order: optional(
    z.record(
      z.string().max(64),
      z.string().transform((word) => (word.toLowerCase() === 'asc' ? ('asc' as const) : ('desc' as const))),
    ),
  ),
})

/** `POST /conversations/search`. */
export const searchSchema = rowSearchSchema.extend({
  search: optional(z.string().max(1000)).describe('A part of the title.'),
})
export type Search = z.infer<typeof rowSearchSchema> & Partial<z.infer<typeof searchSchema>>

/** What a caller may say of a conversation. */
export const conversationChangeSchema = z.object({
  title: optional(title),
  projectId: optional(id),
  options: optional(z.record(z.string(), z.unknown())),
  from: optional(z.string().max(64)),
})

/** `POST /conversations`. A conversation has the id of its thread. */
export const conversationCreateSchema = conversationChangeSchema.extend({
  id: optional(id),
  threadId: optional(id),
  xpertId: optional(id).describe('The assistant it is with. Left out, the first run decides.'),
})

/** `POST …/messages`. */
export const messageCreateSchema = z.object({
  role: z.string().max(64),
  content: z.string().max(LIMITS.textLength),
})

/** `PATCH …/messages/{id}`. */
export const messageChangeSchema = z.object({ content: z.string().max(LIMITS.textLength) })

const rating = z.enum(['like', 'dislike'])
const opinion = optional(z.string().max(10_000))

/** `POST …/feedbacks`. */
export const feedbackCreateSchema = z.object({ rating: rating.default('like'), content: opinion })

/** `PATCH …/feedbacks/{id}`. */
export const feedbackChangeSchema = z.object({ rating: optional(rating), content: opinion })

export const conversationSchema = z.object({
  id: z.string(),
  threadId: z.string(),
  title: z.string().optional(),
  status: z.enum(THREAD_STATUSES),
  from: z.string(),
  fromEndUserId: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  error: z.string().optional(),
  xpertId: z.string().optional(),
  projectId: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Conversation = z.infer<typeof conversationSchema>

export const messageSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  threadId: z.string(),
  role: z.enum(['human', 'ai']),
  content: z.union([z.string(), z.array(chatContentSchema)]),
  references: z.array(z.object({ type: z.literal('quote'), text: z.string() })).optional(),
  fileAssets: z.array(z.object({ id: z.string(), originalName: z.string(), mimeType: z.string() })).optional(),
  runtimeCapabilities: z
    .object({
      mode: z.literal('allowlist'),
      skills: z.object({ ids: z.array(z.never()) }),
      plugins: z.object({ nodeKeys: z.array(z.string()) }),
    })
    .optional()
    .describe('What was chosen for the message. Left out: nothing.'),
  status: z.enum(MESSAGE_STATUSES),
  error: z.string().optional(),
  executionId: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Message = z.infer<typeof messageSchema>

export const feedbackSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  messageId: z.string(),
  rating,
  content: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Feedback = z.infer<typeof feedbackSchema>

const objective = z.string().trim().min(1).max(10_000)
/** Those a client sets; the others are Xpert's own agents'. */
const goalStatus = z.enum(['active', 'paused', 'blocked', 'usage_limited', 'budget_limited', 'complete'])

/** What else its client notes of a goal stays in it. Source: `IThreadGoal` of Xpert's contracts. */
export const goalSetSchema = z.looseObject({ objective })
export const goalChangeSchema = z.looseObject({
  objective: objective.optional(),
  status: z.enum(['active', 'paused']).optional(),
})

/** What a conversation is for. */
export const goalSchema = z.looseObject({
  id: z.string(),
  conversationId: z.string(),
  threadId: z.string(),
  objective,
  status: goalStatus,
  statusUpdatedAt: z.string().optional(),
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
})
export type Goal = z.infer<typeof goalSchema>

export const listOf = <Entry extends z.ZodType>(entry: Entry) => z.object({ items: z.array(entry), total: z.int() })
