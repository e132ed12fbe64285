/** Tokens that models can read and write together, as their makers published until November 2026. Hosts of their own may offer less. */
const CONTEXT_TOKENS: Readonly<Record<string, number>> = {
  'gpt-4o': 128_000,
  'gpt-4o-mini': 128_000,
  'gpt-4.1': 1_047_576,
  'gpt-4.1-mini': 1_047_576,
  'gpt-4.1-nano': 1_047_576,
  o1: 200_000,
  o3: 200_000,
  'o3-mini': 200_000,
  'o4-mini': 200_000,
  'gpt-5': 400_000,
  'gpt-5-mini': 400_000,
  'gpt-5-nano': 400_000,
  'gpt-5.1': 400_000,
  'gpt-5.2': 400_000,
}

/** By the name of the model, with or without a date. */
export function contextTokensOf(model: string): number | undefined {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  return Object.hasOwn(CONTEXT_TOKENS, name) ? CONTEXT_TOKENS[name] : undefined
}
