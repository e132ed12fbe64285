import { ParleyError } from '@parley/protocol'
import { traceGuardrail } from '../trace-agent.js'
import type { Guardrail, GuardrailResult, GuardrailSpec, GuardrailTools } from './guardrail.js'
import { hallucination } from './hallucination.js'
import { customPromptCheck, jailbreak, nsfwText, promptInjection } from './judged.js'
import { moderation } from './moderation.js'
import { containsPii } from './pii.js'
import { urlFilter } from './url-filter.js'

/** Every check by the name Agent Builder gives it. */
const GUARDRAILS: Record<string, Guardrail> = {
  'Contains PII': containsPii,
  Moderation: moderation,
  Jailbreak: jailbreak,
  'Hallucination Detection': hallucination,
  'NSFW Text': nsfwText,
  'URL Filter': urlFilter,
  'Prompt Injection Detection': promptInjection,
  'Custom Prompt Check': customPromptCheck,
}

/** What {@link runGuardrails} is given: `{ guardrails: [{ name, config }] }`. */
export interface GuardrailsConfig {
  guardrails: GuardrailSpec[]
}

/**
 * Judges a text by every check at once; results stand in the order of the checks.
 *
 * A check that cannot judge (no model is connected, the model answers nonsense) fails the whole call: a guardrail that
 * is silently off is worse than none. With `onFailure: 'block'` it counts as triggered instead, with the reason in
 * `info.error`.
 *
 * @throws {ParleyError} `not_configured` for a check that does not exist or lacks what it needs, `model_failed`
 */
export async function runGuardrails(
  text: string,
  { guardrails }: GuardrailsConfig,
  tools: GuardrailTools,
  { onFailure = 'throw' }: { onFailure?: 'throw' | 'block' } = {},
): Promise<GuardrailResult[]> {
  return Promise.all(
    guardrails.map(async ({ name, config = {} }) => {
      const guardrail = Object.hasOwn(GUARDRAILS, name) ? GUARDRAILS[name] : undefined
      if (!guardrail)
        throw new ParleyError(
          'not_configured',
          `There is no guardrail "${name}". Known: ${Object.keys(GUARDRAILS).join(', ')}.`,
        )
      try {
        return await traceGuardrail(name, tools.span, async () => guardrail(text, config, tools))
      } catch (thrown) {
        if (onFailure === 'throw') throw thrown
        const error = thrown instanceof Error ? thrown.message : String(thrown)
        return { tripwireTriggered: true, info: { guardrail_name: name, error, checked_text: text } }
      }
    }),
  )
}
