import { Field } from '../../../parts/field.js'

interface ColorFieldProps {
  /** The server's name of it. */
  name: string
  label: string
  /** Empty: none is chosen. */
  value: string
  onChange(value: string): void
}

/** What the picker shows while no colour is chosen. */
const NONE = '#808080'

/** A colour as text, with a picker beside it. The text says what counts: a picker cannot be empty. */
export function ColorField({ name, label, value, onChange }: ColorFieldProps) {
  return (
    <Field name={name} label={label} hint="Such as #4a90d9.">
      {(control) => (
        <div className="color">
          <input
            {...control}
            value={value}
            maxLength={7}
            placeholder="None"
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => onChange(target.value)}
          />
          <input
            type="color"
            aria-label={`Choose: ${label.toLowerCase()}`}
            value={/^#[0-9a-f]{6}$/i.test(value) ? value : NONE}
            onChange={({ target }) => onChange(target.value)}
          />
        </div>
      )}
    </Field>
  )
}
