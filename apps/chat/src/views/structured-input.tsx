import type { StructuredInput, StructuredInputItem } from '@parley/protocol'
import { useText } from './session-context.js'

/** What the agent asked and what was answered; while it waits for answers, the form stands in the composer's place. */
export function StructuredInputView({ item }: { item: StructuredInputItem }) {
  const text = useText()
  if (item.status === 'pending') return null
  return (
    <dl class="answers">
      {item.inputs.map((input: StructuredInput) => (
        <div key={input.id}>
          <dt>{input.question}</dt>
          <dd>{input.answer && !input.answer.skipped ? input.answer.values.join(', ') : <em>{text.skipped}</em>}</dd>
        </div>
      ))}
    </dl>
  )
}
