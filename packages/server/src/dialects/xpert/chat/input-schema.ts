import { LIMITS } from '@parley/protocol'
import { z } from 'zod'

/**
 * What Xpert's clients put into the `input` of a run. Source: the Xpert contract, section 5.3, forms A (v2), B (legacy)
 * and C (flat). Fields that only Xpert's own products know are let through and ignored.
 */

const id = z.string().min(1).max(LIMITS.idLength)
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)
const variables = z.record(z.string(), z.unknown())

/** A file as the upload answered it, or any part of that with its id. */
const fileSchema = z.union([
  id,
  z
    .looseObject({ id: optional(id), fileId: optional(id), storageFileId: optional(id) })
    .refine((file) => file.id ?? file.fileId ?? file.storageFileId, { path: ['id'], error: 'the id of the upload' }),
])

const filesSchema = optional(z.array(fileSchema).max(LIMITS.attachmentCount))

/** What of the app was chosen for a message. Skills and other agents are not here to be chosen. */
const capabilitiesSchema = optional(
  z.looseObject({
    plugins: optional(z.looseObject({ nodeKeys: optional(z.array(id).max(LIMITS.listLength)) })),
    inheritUnselected: optional(z.boolean()),
  }),
)

/** A passage a message refers to: of an answer, or lines of a file. Source: `ChatKitReference` of Xpert's types. */
const referenceSchema = z.looseObject({
  text: optional(z.string().max(LIMITS.textLength)),
  path: optional(z.string()),
  startLine: optional(z.number()),
  endLine: optional(z.number()),
})

/** What a person writes; whatever else stands beside it are variables of the message. */
export const humanInputSchema = z.looseObject({
  input: optional(z.string().max(LIMITS.textLength)),
  files: filesSchema,
  references: optional(z.array(referenceSchema)),
  planMode: z.unknown().optional(),
  runtimeCapabilities: capabilitiesSchema,
})

const messageSchema = z.object({ clientMessageId: optional(id), input: humanInputSchema })
const targetSchema = z.object({ aiMessageId: optional(id), executionId: optional(id) })

/** What was changed of what waits: arguments of tool calls, and values of the state. */
const changesSchema = z.object({
  toolCalls: optional(z.array(z.looseObject({ id: optional(id) })).max(100)),
  update: optional(variables),
})

/** Form A. */
export const actionSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('send'),
    conversationId: optional(id),
    message: messageSchema,
    state: optional(variables),
  }),
  z.object({
    action: z.literal('resume'),
    conversationId: optional(id),
    target: optional(targetSchema),
    decision: z.object({ type: z.enum(['confirm', 'reject']), payload: z.unknown().optional() }),
    patch: optional(changesSchema),
    state: optional(variables),
  }),
  z.object({ action: z.literal('retry'), conversationId: optional(id), source: optional(targetSchema) }),
  z.object({
    action: z.literal('follow_up'),
    conversationId: optional(id),
    mode: z.enum(['queue', 'steer']),
    message: messageSchema,
    state: optional(variables),
  }),
])

/** Forms B and C: `input` is an object in the one and the text itself in the other. */
export const legacySchema = z.looseObject({
  input: optional(z.union([z.string().max(LIMITS.textLength), humanInputSchema])),
  files: filesSchema,
  state: optional(variables),
  runtimeCapabilities: capabilitiesSchema,
  conversationId: optional(id),
  id: optional(id),
  executionId: optional(id),
  confirm: optional(z.boolean()),
  command: optional(changesSchema.extend({ resume: z.unknown().optional() })),
  retry: optional(z.boolean()),
  followUpMode: optional(z.enum(['queue', 'steer'])),
})

/** `POST /v1/chat`: form A, and whom it is for. Source: the Xpert contract, section 5.10. */
export const directChatSchema = z.object({
  request: z.looseObject({ conversationId: optional(id) }),
  options: z.looseObject({ xpertId: id }),
})
