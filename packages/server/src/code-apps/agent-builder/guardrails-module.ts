import { ParleyError } from '@parley/protocol'
import { type GuardrailsConfig, runGuardrails } from '../../agents/guardrails/run-guardrails.js'
import type { KeywordIndex } from '../../knowledge/keyword-index.js'
import { mapModel } from './model-map.js'
import { WorkflowRun } from './workflow-run.js'

/** `@openai/guardrails` as an exported program sees it: the checks are this server's own. */
export function workflowGuardrailsModule(knowledge: KeywordIndex | undefined): Record<string, unknown> {
  return {
    runGuardrails(text: unknown, config: GuardrailsConfig) {
      const run = WorkflowRun.current()
      if (!run) throw new ParleyError('internal', 'A guardrail was run outside a chat.')
      const { models, modelMap } = run.parts
      return run.step('guardrails', () =>
        runGuardrails(String(text ?? ''), config, {
          models: {
            kind: models.kind,
            model: (name) => models.model(mapModel(name, modelMap, models.kind), run.context.trace),
          },
          signal: run.signal,
          span: run.context.trace.span,
          ...(knowledge && {
            findKnowledge: (sentence) => knowledge.search(sentence, 6).map(({ passage }) => passage.text),
          }),
        }),
      )
    },
  }
}
