import { z } from 'zod'
import type { RunRecord } from '../../../engine/engine.js'

const count = z.int()

/** What the last run of a thread has used. Prices are not known here. Source: the Xpert contract, section 5.2. */
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
    total_price: count,
    currency: z.null(),
  }),
})

/** A thread without a run has used nothing. */
export function encodeUsage(threadId: string, appId: string, run: RunRecord | undefined): z.infer<typeof usageSchema> {
  const { input_tokens = 0, output_tokens = 0, total_tokens = 0 } = run?.usage ?? {}
  return {
    thread_id: threadId,
    agent_key: appId || null,
    run_id: run?.id ?? null,
    updated_at: run ? (run.ended_at ?? run.created_at) : null,
    usage: {
      context_tokens: input_tokens,
      input_tokens,
      output_tokens,
      total_tokens,
      embed_tokens: 0,
      total_price: 0,
      currency: null,
    },
  }
}

/** Hours of UTC, so that they are in the order of their letters. */
const hour = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}$/, 'it must be an hour of UTC, such as "2026-01-31 09"')
  .optional()

export const usedQuerySchema = z.object({
  start: hour.describe('The first hour. Absent: from the beginning.'),
  end: hour.describe('The last hour, which counts as well. Absent: until now.'),
})

/** What a thread has used, a row for each currency. Source: xpert-ai/xpert, `CopilotUserUsageHandler`. */
export const usedSchema = z.object({
  currency: z.enum(['USD', '']).describe('Empty: of runs whose price is not known.'),
  tokenUsed: count,
  priceUsed: z.number(),
})
type Used = z.infer<typeof usedSchema>

/** What the runs that ended within these hours have used together. */
export function encodeUsed(runs: readonly RunRecord[], { start, end }: z.infer<typeof usedQuerySchema>): Used[] {
  const rows = new Map<Used['currency'], Used>()
  for (const { usage, ended_at, created_at } of runs) {
    const at = (ended_at ?? created_at).slice(0, 13).replace('T', ' ')
    if (!usage || (start !== undefined && at < start) || (end !== undefined && at > end)) continue
    const currency = usage.cost_usd === undefined ? '' : 'USD'
    const { tokenUsed, priceUsed } = rows.get(currency) ?? { tokenUsed: 0, priceUsed: 0 }
    rows.set(currency, {
      currency,
      tokenUsed: tokenUsed + usage.total_tokens,
      priceUsed: priceUsed + (usage.cost_usd ?? 0),
    })
  }
  return [...rows.values()]
}
