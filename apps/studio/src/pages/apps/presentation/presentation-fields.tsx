import type { ReactNode } from 'react'
import { Field, type FieldControl } from '../../../parts/field.js'
import { ColorField } from './color-field.js'
import type { PresentationDraft } from './presentation-draft.js'
import { QuestionFields } from './question-fields.js'

interface PresentationFieldsProps {
  value: PresentationDraft
  onChange(value: PresentationDraft): void
}

/** How the app greets people, and how it looks in clients that ask. */
export function PresentationFields({ value, onChange }: PresentationFieldsProps) {
  const set = (change: Partial<PresentationDraft>) => onChange({ ...value, ...change })
  const text = (name: TextName, { most, placeholder }: { most: number; placeholder?: string }) =>
    function Text(control: FieldControl): ReactNode {
      return (
        <input
          {...control}
          value={value[name]}
          maxLength={most}
          placeholder={placeholder}
          autoComplete="off"
          onChange={({ target }) => set({ [name]: target.value })}
        />
      )
    }
  return (
    <details className="more">
      <summary>How it presents itself</summary>
      <div className="stack">
        <p className="hint">
          The chat beside “Try it” shows the greeting and the questions, and so do clients that ask the API for them.
        </p>
        <Field name="presentation.opening_statement" label="Greeting" hint="What it says before anybody asks.">
          {(control) => (
            <textarea
              {...control}
              value={value.openingStatement}
              maxLength={4000}
              onChange={({ target }) => set({ openingStatement: target.value })}
            />
          )}
        </Field>
        <QuestionFields
          questions={value.suggestedQuestions}
          onChange={(suggestedQuestions) => set({ suggestedQuestions })}
        />
        <Field name="presentation.input_placeholder" label="Empty message" hint="Stands where people write.">
          {text('inputPlaceholder', { most: 200, placeholder: 'Ask about your order' })}
        </Field>
        <Field name="presentation.disclaimer" label="Note below the chat">
          {text('disclaimer', { most: 2000, placeholder: 'Answers can be wrong.' })}
        </Field>
        <div className="columns">
          <Field name="presentation.icon" label="Icon" hint="An emoji.">
            {text('icon', { most: 16 })}
          </Field>
          <ColorField
            name="presentation.icon_background"
            label="Behind the icon"
            value={value.iconBackground}
            onChange={(iconBackground) => set({ iconBackground })}
          />
          <ColorField
            name="presentation.color"
            label="Accent"
            value={value.color}
            onChange={(color) => set({ color })}
          />
        </div>
        <div className="columns">
          <Field name="presentation.language" label="Language" hint="Such as en or pt-BR.">
            {text('language', { most: 35 })}
          </Field>
          <Field name="presentation.speech.voice" label="Voice" hint="As the model that speaks calls it.">
            {text('voice', { most: 100 })}
          </Field>
          <Field name="presentation.tags" label="Tags" hint="With commas between them.">
            {text('tags', { most: 1100 })}
          </Field>
        </div>
        <label className="choice">
          <input type="checkbox" checked={value.speaks} onChange={({ target }) => set({ speaks: target.checked })} />
          <span>
            Speak answers at once
            <span className="hint">Where a model that speaks is connected, and the client plays them.</span>
          </span>
        </label>
        <div className="columns">
          <Field name="presentation.copyright" label="Copyright">
            {text('copyright', { most: 200 })}
          </Field>
          <Field name="presentation.privacy_policy" label="Privacy policy" hint="Its full address.">
            {text('privacyPolicy', { most: 2000, placeholder: 'https://example.com/privacy' })}
          </Field>
        </div>
      </div>
    </details>
  )
}

type TextName =
  | 'inputPlaceholder'
  | 'disclaimer'
  | 'icon'
  | 'language'
  | 'voice'
  | 'tags'
  | 'copyright'
  | 'privacyPolicy'
