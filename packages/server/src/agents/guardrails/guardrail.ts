import type { Span } from '../../base/trace.js'
import type { ModelSource } from '../../models/model-source.js'

/** One check as Agent Builder writes it. */
export interface GuardrailSpec {
  /** e.g. `Contains PII`, `Jailbreak`, `URL Filter`. */
  name: string
  config?: Record<string, unknown>
}

/** What a check found, with the field names of OpenAI's guardrails package, which exported programs read. */
export interface GuardrailResult {
  tripwireTriggered: boolean
  info: Record<string, unknown> & { guardrail_name: string }
}

/** What checks may use. */
export interface GuardrailTools {
  /** Judges by a model. */
  models: Pick<ModelSource, 'model' | 'kind'>
  /** What statements are held against, for hallucination detection: passages that fit the text. */
  findKnowledge?(text: string): Promise<string[]> | string[]
  /** What was said so far, for checks that look at more than one text. */
  conversation?: string
  signal?: AbortSignal | undefined
  /** What the checks are part of. */
  span?: Span | undefined
}

/** Judges one text. @throws {ParleyError} `not_configured` when its config is wrong or what it needs is missing */
export type Guardrail = (
  text: string,
  config: Record<string, unknown>,
  tools: GuardrailTools,
) => GuardrailResult | Promise<GuardrailResult>
