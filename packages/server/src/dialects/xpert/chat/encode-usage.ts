import type { RunRecord } from '../../../engine/engine.js'
import type { Usage, Used, UsedQuery } from './usage-schema.js'

/** A thread without a run has used nothing. */
export function encodeUsage(threadId: string, appId: string, run: RunRecord | undefined): Usage {
  const { input_tokens = 0, output_tokens = 0, total_tokens = 0, cost_usd } = run?.usage ?? {}
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
      total_price: cost_usd ?? 0,
      currency: cost_usd === undefined ? null : 'USD',
    },
  }
}

/** What the runs that ended within these hours have used together. */
export function encodeUsed(runs: readonly RunRecord[], { start, end }: UsedQuery): Used[] {
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
