import { useState } from 'react'
import { Field } from './field.js'

interface PasswordFieldProps {
  name: string
  label: string
  hint?: string
  /** What a password manager should do. */
  autoComplete: 'current-password' | 'new-password'
  minLength?: number
}

/** A password that can be shown while it is typed. */
export function PasswordField({ name, label, hint, autoComplete, minLength }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field name={name} label={label} hint={hint}>
      {(control) => (
        <div className="with-button">
          <input
            {...control}
            type={isShown ? 'text' : 'password'}
            autoComplete={autoComplete}
            minLength={minLength}
            spellCheck={false}
            autoCapitalize="off"
            required
          />
          <button
            className="button quiet-button"
            type="button"
            aria-label={`${isShown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  )
}
