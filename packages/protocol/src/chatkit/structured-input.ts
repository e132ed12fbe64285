import { z } from 'zod'
import { absentable, idSchema, LIMITS, openObject } from './wire.js'

/** Reads a {@link StructuredInputAnswer}. */
export const structuredInputAnswerSchema = openObject({
  values: z.array(z.string()).default([]),
  skipped: z.boolean().default(false),
})

const common = { id: idSchema, question: z.string(), answer: absentable(structuredInputAnswerSchema) }

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
      }),
    )
    .default({}),
})

/** What the person answered to one question. ChatKit server protocol 1.6.5, `StructuredInputAnswer`. */
export type StructuredInputAnswer = z.infer<typeof structuredInputAnswerSchema>

/** A question with listed answers; an answer that is not listed is allowed too. ChatKit server protocol 1.6.5, `MultipleChoiceStructuredInput`. */
export type MultipleChoiceInput = z.infer<typeof multipleChoiceInputSchema>

/** A question answered in the person's own words. ChatKit server protocol 1.6.5, `FreeformStructuredInput`. */
export type FreeformInput = z.infer<typeof freeformInputSchema>

/** One question to the person, with its answer once given. ChatKit server protocol 1.6.5, `StructuredInput`. */
export type StructuredInput = z.infer<typeof structuredInputSchema>

/** The answers to one structured input item, by question id. ChatKit server protocol 1.6.5, `StructuredInputSubmission`. */
export type StructuredInputSubmission = z.infer<typeof structuredInputSubmissionSchema>
