import type { RunUsage } from '@parley/protocol'
import type { ModelCost } from '../base/trace.js'
import type { RunRecord } from '../storage/store.js'

/** What a run says it took, with what its models have cost. */
export const withCost = (usage: RunUsage, cost: ModelCost | undefined): RunUsage => ({
  ...usage,
  ...(cost && { cost_usd: cost.input + cost.output, input_cost_usd: cost.input, output_cost_usd: cost.output }),
})

/** Earlier attempts of the run plus this one. A cost is told when that of every attempt is known. */
export function addUsage(earlier: RunRecord['usage'], latest: RunUsage | undefined): RunRecord['usage'] {
  if (!latest) return earlier
  const sum = (name: keyof RunUsage) => (earlier?.[name] ?? 0) + (latest[name] ?? 0)
  const knows = (name: keyof RunUsage) => latest[name] !== undefined && (!earlier || earlier[name] !== undefined)
  return {
    input_tokens: sum('input_tokens'),
    output_tokens: sum('output_tokens'),
    total_tokens: sum('total_tokens'),
    requests: sum('requests'),
    ...(knows('cost_usd') && { cost_usd: sum('cost_usd') }),
    ...(knows('input_cost_usd') && { input_cost_usd: sum('input_cost_usd') }),
    ...(knows('output_cost_usd') && { output_cost_usd: sum('output_cost_usd') }),
  }
}
