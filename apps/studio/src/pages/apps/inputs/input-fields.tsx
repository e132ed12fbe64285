import { Field } from '../../../parts/field.js'
import type { InputDraft } from './input-draft.js'
import { InputMore } from './input-more.js'

const TYPES: Record<InputDraft['type'], string> = {
  'text-input': 'Short text',
  paragraph: 'Long text',
  select: 'One of several',
  number: 'Number',
  checkbox: 'Yes or no',
  file: 'File',
  'file-list': 'Files',
  json_object: 'JSON object',
}

interface InputFieldsProps {
  value: InputDraft
  /** The server's name of this field. */
  path: string
  number: number
  onChange(value: InputDraft): void
  onRemove(): void
}

/** One field of the form: what it is called, of what kind it is, and what its kind needs. */
export function InputFields({ value, path, number, onChange, onRemove }: InputFieldsProps) {
  const set = (change: Partial<InputDraft>) => onChange({ ...value, ...change })
  const title = value.label.trim() || value.variable.trim() || `Field ${number}`
  return (
    <fieldset className="card">
      <legend className="unseen">Field {number}</legend>
      <div className="card-head">
        <p className="label" aria-hidden="true">
          {title}
        </p>
        <button className="button quiet-button" type="button" onClick={onRemove} aria-label={`Remove ${title}`}>
          Remove
        </button>
      </div>
      <div className="columns">
        <Field
          name={`${path}.variable`}
          label="Variable"
          hint={`{{${value.variable.trim() || 'name'}}} stands for it.`}
        >
          {(control) => (
            <input
              {...control}
              value={value.variable}
              maxLength={100}
              placeholder="order_number"
              spellCheck={false}
              autoComplete="off"
              required
              onChange={({ target }) => set({ variable: target.value })}
            />
          )}
        </Field>
        <Field name={`${path}.label`} label="Label" hint="What people read. Empty: the variable.">
          {(control) => (
            <input
              {...control}
              value={value.label}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => set({ label: target.value })}
            />
          )}
        </Field>
        <Field name={`${path}.type`} label="Kind">
          {(control) => (
            <select
              {...control}
              value={value.type}
              onChange={({ target }) => set({ type: target.value as InputDraft['type'], preset: '', most: '' })} // an option's own value
            >
              {Object.entries(TYPES).map(([type, words]) => (
                <option key={type} value={type}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <InputMore value={value} path={path} onChange={set} />
      <label className="choice">
        <input
          type="checkbox"
          checked={value.isRequired}
          onChange={({ target }) => set({ isRequired: target.checked })}
        />
        <span>People have to fill it in</span>
      </label>
    </fieldset>
  )
}
