import { z } from 'zod'
import { annotationSchema } from './sources.js'
import { absentable, freeFormSchema, idSchema, LIMITS, openObject } from './wire.js'

/** Reads an {@link InputText}. */
export const inputTextSchema = openObject({ type: z.literal('input_text'), text: z.string().max(LIMITS.textLength) })

/** Reads an {@link InputTag}; a missing `data` is `{}`. */
export const inputTagSchema = openObject({
  type: z.literal('input_tag'),
  id: idSchema,
  text: z.string().max(LIMITS.labelLength),
  data: freeFormSchema.default({}),
  group: absentable(z.string().max(LIMITS.labelLength)),
  interactive: z.boolean().default(false),
})

/** Reads one part of a user message. */
export const userMessageContentSchema = z.discriminatedUnion('type', [inputTextSchema, inputTagSchema])

/** Reads {@link InferenceOptions}. */
export const inferenceOptionsSchema = openObject({
  tool_choice: absentable(openObject({ id: idSchema })),
  model: absentable(z.string().max(LIMITS.idLength)),
  tools: absentable(z.array(idSchema).max(LIMITS.listLength)),
})

/** Reads one part of an answer; missing `annotations` are `[]`. */
export const assistantMessageContentSchema = openObject({
  type: z.literal('output_text').default('output_text'),
  text: z.string(),
  annotations: z.array(annotationSchema).default([]),
})

/** Text the person typed. ChatKit server protocol 1.6.5, `UserMessageTextContent`. */
export type InputText = z.infer<typeof inputTextSchema>

/** Something the person mentioned with `@`; `data` is the integrator's own and may hold nulls. ChatKit server protocol 1.6.5, `UserMessageTagContent`. */
export type InputTag = z.infer<typeof inputTagSchema>

/** One part of a user message: text or a tag. ChatKit server protocol 1.6.5, `UserMessageContent`. */
export type UserMessageContent = z.infer<typeof userMessageContentSchema>

/**
 * What the person chose in the composer for this one message: a tool, a model. ChatKit server protocol 1.6.5,
 * `InferenceOptions`. `tools` is Parley's own: all that may be used, by the names their app lists them under.
 */
export type InferenceOptions = z.infer<typeof inferenceOptionsSchema>

/** One part of an answer: Markdown text and the sources pinned to it. ChatKit server protocol 1.6.5, `AssistantMessageContent`. */
export type AssistantMessageContent = z.infer<typeof assistantMessageContentSchema>
