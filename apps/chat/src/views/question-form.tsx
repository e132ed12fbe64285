import type { StructuredInput, StructuredInputItem } from '@parley/protocol'
import { useState } from 'preact/hooks'
import { QuestionField } from './question-field.js'
import { useSession, useText } from './session-context.js'

type Answers = Record<string, { values: string[]; skipped: boolean }>

/** The agent's questions, in the composer's place: answer them, or skip them all. */
export function QuestionForm({ item }: { item: StructuredInputItem }) {
  const session = useSession()
  const text = useText()
  const [answers, setAnswers] = useState<Answers>({})
  const change = (id: string, values: string[]) =>
    setAnswers({ ...answers, [id]: { values, skipped: values.length === 0 } })
  const hasAnswer = Object.values(answers).some(({ values }) => values.some((value) => value.trim()))

  return (
    <form
      class="question-form field"
      onSubmit={(event) => {
        event.preventDefault()
        session.answerInput(item.id, { status: 'answered', answers: trimmed(answers) })
      }}
    >
      {item.inputs.map((input: StructuredInput) => (
        <QuestionField
          key={input.id}
          input={input}
          values={answers[input.id]?.values ?? []}
          onChange={(values) => change(input.id, values)}
        />
      ))}
      <div class="form-actions">
        <button
          type="button"
          class="button button-ghost"
          onClick={() => session.answerInput(item.id, { status: 'skipped', answers: {} })}
        >
          {text.skip}
        </button>
        <button type="submit" class="button button-primary" disabled={!hasAnswer}>
          {text.submit}
        </button>
      </div>
    </form>
  )
}

function trimmed(answers: Answers): Answers {
  const entries = Object.entries(answers).map(([id, { values }]) => {
    const kept = values.map((value) => value.trim()).filter(Boolean)
    return [id, { values: kept, skipped: kept.length === 0 }] as const
  })
  return Object.fromEntries(entries)
}
