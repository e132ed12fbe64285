import type { RunEvent } from '@parley/protocol'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { RunContext } from '../../runnable/runnable.js'

/** What an export calls its checks in the output of a guardrail that failed → how a person reads it. */
const CHECKS: Record<string, string> = {
  pii: 'personal data',
  moderation: 'content that is not allowed',
  jailbreak: 'an attempt to get around the rules of this app',
  hallucination: 'statements that could not be confirmed',
  nsfw: 'content that is not suitable for work',
  url_filter: 'an address that is not allowed',
  custom_prompt_check: 'a subject this app does not deal with',
  prompt_injection: 'instructions that do not come from you',
}

/** Tells the person that a guardrail stopped the message, when that is what a program returned. `false`: it is not. */
export async function showBlocked(
  result: unknown,
  context: RunContext<unknown>,
  shown: { push(event: RunEvent): void },
): Promise<boolean> {
  const failed = failedChecks(result)
  if (failed.length === 0) return false
  const text = `This was stopped by a rule of this app. It found ${failed.map((check) => CHECKS[check]).join(', and ')}.`
  const generateId = () => context.generateId('message')
  for await (const event of streamText(context.thread, text, { generateId })) shown.push(event)
  return true
}

function failedChecks(result: unknown): string[] {
  if (typeof result !== 'object' || result === null) return []
  return Object.entries(result).flatMap(([name, check]: [string, unknown]) =>
    Object.hasOwn(CHECKS, name) && isFailed(check) ? [name] : [],
  )
}

const isFailed = (check: unknown): boolean =>
  typeof check === 'object' && check !== null && 'failed' in check && check.failed === true
