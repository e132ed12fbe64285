import { z } from 'zod'

const count = z.int()

/** What the last run of a thread has used. Source: the Xpert contract, section 5.2. */
export const usageSchema = z.object({
  thread_id: z.string(),
  agent_key: z.string().nullable(),
  run_id: z.string().nullable(),
  updated_at: z.string().nullable(),
  usage: z.object({
    context_tokens: count,
    input_tokens: count,
    output_tokens: count,
    total_tokens: count,
    embed_tokens: count,
    total_price: z.number(),
    currency: z.literal('USD').nullable().describe('`null`: the price is not known.'),
  }),
})
export type Usage = z.infer<typeof usageSchema>

/** Hours of UTC, so that they are in the order of their letters. */
const hour = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}$/, 'it must be an hour of UTC, such as "2026-01-31 09"')
  .optional()

export const usedQuerySchema = z.object({
  start: hour.describe('The first hour. Absent: from the beginning.'),
  end: hour.describe('The last hour, which counts as well. Absent: until now.'),
})
export type UsedQuery = z.infer<typeof usedQuerySchema>

/** What a thread has used, a row for each currency. Source: xpert-ai/xpert, `CopilotUserUsageHandler`. */
export const usedSchema = z.object({
  currency: z.enum(['USD', '']).describe('Empty: of runs whose price is not known.'),
  tokenUsed: count,
  priceUsed: z.number(),
})
export type Used = z.infer<typeof usedSchema>
