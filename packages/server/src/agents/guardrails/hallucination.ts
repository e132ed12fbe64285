import { ParleyError } from '@parley/protocol'
import type { Guardrail } from './guardrail.js'
import { thresholdOf } from './judged.js'
import { judge } from './model-judge.js'

/** Holds the statements of a text against what the app knows. */
export const hallucination: Guardrail = async (text, config, tools) => {
  if (!tools.findKnowledge)
    throw new ParleyError(
      'not_configured',
      'Hallucination Detection needs knowledge to hold statements against. Add files to this app’s knowledge.',
    )
  const passages = await tools.findKnowledge(text)
  const threshold = thresholdOf(config)
  const strings = { type: 'array', items: { type: 'string' } }
  const verdict = await judge(
    {
      task: `Decide whether the text states facts that these sources contradict or do not support.\n\nSources:\n${passages.map((passage, index) => `[${index + 1}] ${passage}`).join('\n\n') || '(nothing was found)'}`,
      text,
      model: typeof config.model === 'string' ? config.model : undefined,
      fields: {
        hallucination_type: { type: 'string', enum: ['factual_error', 'unsupported_claim', 'none'] },
        hallucinated_statements: strings,
        verified_statements: strings,
      },
    },
    tools,
  )
  return {
    tripwireTriggered: verdict.flagged && verdict.confidence >= threshold,
    info: {
      guardrail_name: 'Hallucination Detection',
      ...verdict,
      reasoning: verdict.reason,
      threshold,
      checked_text: text,
    },
  }
}
