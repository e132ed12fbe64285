import type { StreamLanguage } from '@parley/protocol/admin'
import { Field } from '../../parts/field.js'

/** Whose language that is, in words. */
export const STREAM_LANGUAGES: Record<StreamLanguage, string> = { xpert: 'Xpert’s', langgraph: 'LangGraph’s' }

/** What a form may hold of it; empty: nothing is said. */
export type StreamLanguageDraft = StreamLanguage | ''

interface StreamLanguageFieldProps {
  value: StreamLanguageDraft
  /** What holds when nothing is said. */
  unsaid: string
  onChange(value: StreamLanguageDraft): void
}

/** Chooses the language of event streams, where one address speaks two. */
export function StreamLanguageField({ value, unsaid, onChange }: StreamLanguageFieldProps) {
  return (
    <Field
      name="stream_language"
      label="Language of streams"
      hint="For clients of LangGraph and Xpert, which share one address. Other APIs take no notice."
    >
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ target }) => onChange(target.value as StreamLanguageDraft)} // an option's own value
        >
          <option value="">{unsaid}</option>
          {Object.entries(STREAM_LANGUAGES).map(([language, words]) => (
            <option key={language} value={language}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
