import { Field } from '../../../parts/field.js'

/** What a model is told of a tool it may call. */
export interface CallDraft {
  name: string
  description: string
  parameters: string
}

interface CallFieldProps {
  tool: CallDraft
  /** The server's name of what holds these fields. */
  path: string
  label: string
  onChange(change: Partial<CallDraft>): void
}

/** By what name the model calls it. */
export function CallName({ tool, path, label, onChange }: CallFieldProps) {
  return (
    <Field name={`${path}.name`} label={label} hint="Letters, digits, _ and -.">
      {(control) => (
        <input
          {...control}
          value={tool.name}
          pattern="[\w\-]{1,64}"
          spellCheck={false}
          autoComplete="off"
          required
          onChange={({ target }) => onChange({ name: target.value })}
        />
      )}
    </Field>
  )
}

/** When the model should call it. */
export function CallDescription({ tool, path, label, onChange }: CallFieldProps) {
  return (
    <Field name={`${path}.description`} label={label}>
      {(control) => (
        <textarea
          {...control}
          value={tool.description}
          onChange={({ target }) => onChange({ description: target.value })}
        />
      )}
    </Field>
  )
}

/** What the model has to say with a call. */
export function CallParameters({ tool, path, onChange }: Omit<CallFieldProps, 'label'>) {
  return (
    <Field name={`${path}.parameters`} label="Parameters" hint="A JSON schema of an object.">
      {(control) => (
        <textarea
          {...control}
          className="mono"
          value={tool.parameters}
          spellCheck={false}
          onChange={({ target }) => onChange({ parameters: target.value })}
        />
      )}
    </Field>
  )
}
