import type { StructuredInput } from '@parley/protocol'
import { useText } from '../../session-context.js'

interface Props {
  input: StructuredInput
  values: readonly string[]
  onChange(values: string[]): void
}

/** One question: choices with room for an own answer, or free text. */
export function QuestionField({ input, values, onChange }: Props) {
  return (
    <fieldset class="question">
      <legend>{input.question}</legend>
      {input.type === 'multiple_choice' ? (
        <Choices input={input} values={values} onChange={onChange} />
      ) : (
        <>
          {input.description && <p class="question-hint">{input.description}</p>}
          <textarea
            class="text-field"
            rows={2}
            aria-label={input.question}
            value={values[0] ?? ''}
            onInput={(event) => onChange([event.currentTarget.value])}
          />
        </>
      )}
    </fieldset>
  )
}

function Choices({
  input,
  values,
  onChange,
}: Props & { input: Extract<StructuredInput, { type: 'multiple_choice' }> }) {
  const text = useText()
  const offered = input.options.map(({ value }) => value)
  const own = values.find((value) => !offered.includes(value)) ?? ''
  const chosen = values.filter((value) => offered.includes(value))
  const withOwn = (value: string) => onChange(value ? (input.multiple ? [...chosen, value] : [value]) : chosen)
  const toggle = (value: string, checked: boolean) => {
    if (!input.multiple) return onChange([value])
    onChange(checked ? [...values, value] : values.filter((other) => other !== value))
  }
  return (
    <div class="choices">
      {offered.map((value) => (
        <label key={value} class="choice">
          <input
            type={input.multiple ? 'checkbox' : 'radio'}
            name={input.id}
            checked={chosen.includes(value)}
            onChange={(event) => toggle(value, event.currentTarget.checked)}
          />
          {value}
        </label>
      ))}
      <input
        class="text-field"
        type="text"
        aria-label={text.otherAnswer}
        placeholder={text.otherAnswer}
        value={own}
        onInput={(event) => withOwn(event.currentTarget.value)}
      />
    </div>
  )
}
