import type { ModelCost } from '../base/trace.js'

/** What a model costs, in US dollars per million tokens. */
export interface Price {
  input: number
  /** Of what the host had read before. Default: as the rest of the input. */
  cached?: number
  output: number
}

/** Prices by the name of the model. */
export type PriceTable = Readonly<Record<string, Price>>

/**
 * What OpenAI asked for its models in June 2026, without discounts for batches and without surcharges for very long
 * prompts. Prices change: `PARLEY_PRICES` and the `prices` of a provider win over these.
 */
export const OPENAI_PRICES: PriceTable = {
  'gpt-4o': { input: 2.5, cached: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cached: 0.075, output: 0.6 },
  'gpt-4.1': { input: 2, cached: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cached: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cached: 0.025, output: 0.4 },
  o1: { input: 15, cached: 7.5, output: 60 },
  o3: { input: 2, cached: 0.5, output: 8 },
  'o3-mini': { input: 1.1, cached: 0.55, output: 4.4 },
  'o4-mini': { input: 1.1, cached: 0.275, output: 4.4 },
  'gpt-5': { input: 1.25, cached: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cached: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cached: 0.005, output: 0.4 },
  'gpt-5.1': { input: 1.25, cached: 0.125, output: 10 },
  'gpt-5.2': { input: 1.75, cached: 0.175, output: 14 },
  'gpt-5.4': { input: 2.5, cached: 0.25, output: 15 },
  'gpt-5.4-mini': { input: 0.75, cached: 0.075, output: 4.5 },
  'gpt-5.4-nano': { input: 0.2, cached: 0.02, output: 1.25 },
}

/** Finds prices: the first table that knows the model wins. A dated name (`gpt-4.1-2025-04-14`) is the model without its date. */
export const priceFinder =
  (...tables: PriceTable[]) =>
  (model: string): Price | undefined => {
    for (const name of [model, model.replace(/-\d{4}-\d{2}-\d{2}$/, '')])
      for (const table of tables) if (Object.hasOwn(table, name)) return table[name]
    return undefined
  }

/** What a call cost; `undefined` when the host did not say how many tokens it took. */
export function costOf(
  { input, cached = input, output }: Price,
  tokens: { input: number; cached: number; output: number },
): ModelCost | undefined {
  if (tokens.input + tokens.output === 0) return undefined
  const fresh = Math.max(0, tokens.input - tokens.cached)
  return { input: (fresh * input + tokens.cached * cached) / 1_000_000, output: (tokens.output * output) / 1_000_000 }
}

/** Less than a millionth of a millionth of a dollar is the noise of binary fractions. */
const PRECISION = 1e12

/** What it cost in all. */
export const totalOf = ({ input, output }: ModelCost): number => Math.round((input + output) * PRECISION) / PRECISION

/** Reads `gpt-x=0.4/0.1/1.6, other=1/2`: input, cached input where it differs, output. `undefined`: it says something else. */
export function readPrices(text: string): PriceTable | undefined {
  const table: Record<string, Price> = {}
  for (const pair of text.split(/[\s,]+/).filter(Boolean)) {
    const at = pair.lastIndexOf('=')
    const numbers = pair.slice(at + 1).split('/')
    const [input, second, third] = numbers.map(Number)
    if (at < 1 || numbers.some((number) => !/^\d+(\.\d+)?$/.test(number))) return undefined
    if (input === undefined || second === undefined || numbers.length > 3) return undefined
    table[pair.slice(0, at)] =
      third === undefined ? { input, output: second } : { input, cached: second, output: third }
  }
  return table
}
