import { z } from 'zod'

const someTexts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)])

/** `/…/flags`, or the pattern alone. */
const pattern = z.string().transform((source, context) => {
  const [, inner, flags] = /^\/(.*)\/([a-z]*)$/s.exec(source) ?? []
  try {
    return new RegExp(inner ?? source, flags ?? 'u')
  } catch (thrown) {
    context.addIssue({ code: 'custom', message: thrown instanceof Error ? thrown.message : 'This is no pattern.' })
    return z.NEVER
  }
})

const jsonSchema = z.record(z.string(), z.unknown()).transform((schema, context) => {
  try {
    return z.fromJSONSchema(schema)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    context.addIssue({ code: 'custom', message: `This is no JSON Schema: ${reason}` })
    return z.NEVER
  }
})

const toolSchema = z.union([
  z.string().transform((name): { name: string; arguments?: Record<string, unknown> } => ({ name })),
  z.strictObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()).optional() }),
])

const expectSchema = z.strictObject({
  answer: z
    .strictObject({
      equals: z.string().optional(),
      contains: someTexts.optional(),
      not_contains: someTexts.optional(),
      matches: pattern.optional(),
      json_schema: jsonSchema.optional(),
    })
    .optional(),
  /** Called in this order; others may be called in between. Of the arguments, what is named has to be so. None: no tool is called. */
  tools: z.array(toolSchema).optional(),
  not_tools: z.array(z.string()).optional(),
  /** What a model judges the answer by, in words. */
  rubric: z.string().optional(),
})

const turnFields = {
  input: z.string().min(1),
  /** What a person says to questions of the app, in order: `Approve`, `Reject`, or words. */
  answers: z.array(z.string()).optional(),
  /** What tools of the page hand back, by name. */
  client_tools: z.record(z.string(), z.unknown()).optional(),
  expect: expectSchema.optional(),
}

const turnSchema = z.strictObject(turnFields)

const caseFields = {
  name: z.string().min(1).optional(),
  /** What it should not take longer or cost more than: said in the report, and never a failure. */
  limits: z
    .strictObject({ seconds: z.number().positive().optional(), tokens: z.number().positive().optional() })
    .optional(),
}

const caseSchema = z.union(
  [
    z.strictObject({ ...caseFields, ...turnFields }),
    z.strictObject({ ...caseFields, turns: z.array(turnSchema).min(1) }),
  ],
  'A case has an "input", or several "turns" with one each. See docs/eval.md.',
)

/** A file of cases. */
export const caseFileSchema = z.strictObject({
  /** The app they are put to; the server's default app unless it is named. */
  app: z.string().optional(),
  /** The model that judges rubrics; the default model unless it is named. */
  judge: z.strictObject({ model: z.string() }).optional(),
  /** US dollars for a million tokens. */
  prices: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).optional(),
  cases: z.array(caseSchema).min(1),
})

export type CaseFile = z.infer<typeof caseFileSchema>
export type Turn = z.infer<typeof turnSchema>
export type Expectation = z.infer<typeof expectSchema>
