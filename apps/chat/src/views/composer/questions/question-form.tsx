/** Loaded, with its styles, when the agent first asks something. */
import '../../../styles/questions.css'
import type { StructuredInput, StructuredInputItem, StructuredInputSubmission } from '@parley/protocol'
import { useEffect, useRef } from 'preact/hooks'
import type { AnswerValues } from '../../../store/state.js'
import { useChat, useSession, useText } from '../../session-context.js'
import { QuestionField } from './question-field.js'

/** The agent's questions, in the composer's place: answer them, or skip them all. */
export function QuestionForm({ item }: { item: StructuredInputItem }) {
  const session = useSession()
  const text = useText()
  const form = useRef<HTMLFormElement>(null)
  const isOnline = useChat((state) => state.online)
  const begun = useChat((state) => state.composer.answers)
  const answers = begun?.itemId === item.id ? begun.values : NONE
  const change = (id: string, values: string[]) =>
    session.changeComposer({ answers: { itemId: item.id, values: { ...answers, [id]: values } } })
  const hasAnswer = item.inputs.some(({ id }: StructuredInput) => answerTo(answers, id).some((value) => value.trim()))

  // Whoever was writing goes on here: the field that had the focus has just gone.
  useEffect(() => {
    if (document.activeElement === document.body) form.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [])

  return (
    <form
      ref={form}
      class="question-form field"
      aria-label={text.questions}
      onSubmit={(event) => {
        event.preventDefault()
        session.answerInput(item.id, submission(item.inputs, answers))
      }}
    >
      {item.inputs.map((input: StructuredInput) => (
        <QuestionField
          key={input.id}
          input={input}
          values={answerTo(answers, input.id)}
          onChange={(values) => change(input.id, values)}
        />
      ))}
      <div class="form-actions">
        <button
          type="button"
          class="button button-ghost"
          disabled={!isOnline}
          onClick={() => session.answerInput(item.id, { status: 'skipped', answers: {} })}
        >
          {text.skip}
        </button>
        <button type="submit" class="button button-primary" disabled={!hasAnswer || !isOnline}>
          {text.submit}
        </button>
      </div>
    </form>
  )
}

const NONE: AnswerValues = {}

/** Every question has its answer; one that was left empty is skipped. */
function submission(inputs: readonly StructuredInput[], answers: AnswerValues): StructuredInputSubmission {
  const entries = inputs.map(({ id }) => {
    const values = answerTo(answers, id)
      .map((value) => value.trim())
      .filter(Boolean)
    return [id, { values, skipped: values.length === 0 }] as const
  })
  return { status: 'answered', answers: Object.fromEntries(entries) }
}

/** A question may be called anything, also by a name that every object has. */
const answerTo = (answers: AnswerValues, id: string) => (Object.hasOwn(answers, id) ? answers[id] : undefined) ?? []
