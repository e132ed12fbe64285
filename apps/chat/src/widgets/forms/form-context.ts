import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { useWidget } from '../widget-context.js'
import { type FieldValue, type FormValues, nestValues } from './form-values.js'

/** The form a component stands in. */
export interface FormScope {
  /** The values of its fields now, the `changed` ones over them. */
  values(changed: (readonly [name: string, value: FieldValue])[]): FormValues
  /** What is wrong with each field, since the last try to submit. */
  errors: ReadonlyMap<string, string>
  /** The field was changed: what was wrong may be right now. */
  clearError(name: string): void
}

const NO_FORM: FormScope = { values: nestValues, errors: new Map(), clearError: () => undefined }

export const FormContext = createContext<FormScope>(NO_FORM)

/** The form around, or for a component outside of any form one that has no other fields. */
export const useForm = (): FormScope => useContext(FormContext)

/** What a field needs to be found by its Label and its error. */
export interface Field {
  id: string
  /** What a field without a Label is called. */
  ariaLabel: string | undefined
  error: string | undefined
  errorId: string
  clearError(): void
}

export function useField(name: string, placeholder?: string): Field {
  const widget = useWidget()
  const form = useForm()
  const id = fieldId(widget.id, name)
  return {
    id,
    ariaLabel: widget.labelled.has(name) ? undefined : (placeholder ?? (spokenName(name) || undefined)),
    error: form.errors.get(name),
    errorId: `${id}-error`,
    clearError: () => form.clearError(name),
  }
}

export function fieldId(widgetId: string, name: string): string {
  return `${widgetId}-${encodeURIComponent(name)}`
}

/** `todo.dueDate` as words: the last part, without its punctuation. */
function spokenName(name: string): string {
  const last = name.split('.').at(-1) ?? ''
  return last.replaceAll(/[_-]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2')
}
