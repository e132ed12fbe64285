import { Field } from '../../../parts/field.js'
import { Icon } from '../../../parts/icon.js'
import { newQuestion, type QuestionDraft } from './presentation-draft.js'

/** The server takes no more. */
const MOST = 20

interface QuestionFieldsProps {
  questions: QuestionDraft[]
  onChange(questions: QuestionDraft[]): void
}

/** What people may begin with, a row each. */
export function QuestionFields({ questions, onChange }: QuestionFieldsProps) {
  return (
    <fieldset className="stack small">
      <legend className="label">Questions to begin with</legend>
      {questions.map(({ key, text }, index) => (
        <div className="field-and-button" key={key}>
          <Field name={`presentation.suggested_questions.${index}`} label={`Question ${index + 1}`}>
            {(control) => (
              <input
                {...control}
                value={text}
                maxLength={500}
                autoComplete="off"
                required
                onChange={({ target }) => onChange(questions.with(index, { key, text: target.value }))}
              />
            )}
          </Field>
          <button
            className="button quiet-button icon-button"
            type="button"
            aria-label={`Remove question ${index + 1}`}
            onClick={() => onChange(questions.toSpliced(index, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {questions.length < MOST && (
        <div className="buttons start">
          <button className="button" type="button" onClick={() => onChange([...questions, newQuestion()])}>
            <Icon name="plus" />
            Question
          </button>
        </div>
      )}
    </fieldset>
  )
}
