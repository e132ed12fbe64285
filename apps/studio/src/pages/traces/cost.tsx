import type { TraceSummary } from '@parley/protocol'
import { dollars } from '../../parts/amounts.js'

type CostProps = Partial<Pick<TraceSummary, 'model_calls' | 'usage'>> & Pick<TraceSummary, 'cost'>

/** What something cost, or a dash where that is not known and a title that says why. */
export function Cost(props: CostProps) {
  const why = whyUnknown(props)
  if (props.cost !== null && why === undefined) return dollars(props.cost)
  return (
    <span title={why}>
      <span aria-hidden="true">—</span>
      <span className="unseen">{why}</span>
    </span>
  )
}

/** `undefined`: it is known. */
export function whyUnknown({ cost, model_calls, usage }: CostProps): string | undefined {
  if (model_calls === 0) return 'No model was asked.'
  if (cost === null) return 'No price is set for its model, neither under Models nor in PARLEY_PRICES.'
  if (usage && usage.input_tokens + usage.output_tokens === 0) return 'The model did not say how many tokens it took.'
  return undefined
}
