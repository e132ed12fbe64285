import { z } from 'zod'
import { absentable, idSchema, LIMITS, openObject } from './wire.js'

const argumentsSchema = z.record(z.string(), z.unknown())

/** Reads a {@link StructuredInputAnswer}. */
export const structuredInputAnswerSchema = openObject({
  values: z.array(z.string()).default([]),
  skipped: z.boolean().default(false),
  arguments: absentable(argumentsSchema),
})

const common = {
  id: idSchema,
  question: z.string(),
  answer: absentable(structuredInputAnswerSchema),
  tool_call: absentable(openObject({ name: z.string(), arguments: argumentsSchema })),
}

/** Reads a {@link MultipleChoiceInput}. */
export const multipleChoiceInputSchema = openObject({
  ...common,
  type: z.literal('multiple_choice'),
  options: z.array(openObject({ value: z.string() })),
  multiple: z.boolean().default(false),
})

/** Reads a {@link FreeformInput}. */
export const freeformInputSchema = openObject({
  ...common,
  type: z.literal('freeform'),
  description: absentable(z.string()),
})

/** Reads a {@link StructuredInput}. */
export const structuredInputSchema = z.discriminatedUnion('type', [multipleChoiceInputSchema, freeformInputSchema])

/** Reads a {@link StructuredInputSubmission}; nothing given means: answered, with no answers. */
export const structuredInputSubmissionSchema = z.object({
  status: z.enum(['answered', 'skipped']).default('answered'),
  answers: z
    .record(
      idSchema,
      z.object({
        values: z.array(z.string().max(LIMITS.textLength)).max(LIMITS.listLength).default([]),
        skipped: z.boolean().default(false),
        arguments: argumentsSchema.optional(),
      }),
    )
    .default({}),
})

/**
 * What the person answered to one question. ChatKit server protocol 1.6.5, `StructuredInputAnswer`. `arguments` is Parley's
 * own: what a tool call is made with in place of what the model wrote.
 */
export type StructuredInputAnswer = z.infer<typeof structuredInputAnswerSchema>

/** A question with listed answers; an answer that is not listed is allowed too. ChatKit server protocol 1.6.5, `MultipleChoiceStructuredInput`. */
export type MultipleChoiceInput = z.infer<typeof multipleChoiceInputSchema>

/** A question answered in the person's own words. ChatKit server protocol 1.6.5, `FreeformStructuredInput`. */
export type FreeformInput = z.infer<typeof freeformInputSchema>

/**
 * One question to the person, with its answer once given. ChatKit server protocol 1.6.5, `StructuredInput`. `tool_call` is
 * Parley's own: the call that waits for the answer.
 */
export type StructuredInput = z.infer<typeof structuredInputSchema>

/** The answers to one structured input item, by question id. ChatKit server protocol 1.6.5, `StructuredInputSubmission`. */
export type StructuredInputSubmission = z.infer<typeof structuredInputSubmissionSchema>
