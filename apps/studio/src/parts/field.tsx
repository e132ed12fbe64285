import { type ReactNode, use, useId } from 'react'
import { FormFailure } from './form.js'

/** What an input needs to belong to its label, its hint and what is wrong with it. */
export interface FieldControl {
  id: string
  name: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean
}

interface FieldProps {
  /** The server's name of it. */
  name: string
  label: string
  hint?: ReactNode
  children(control: FieldControl): ReactNode
}

/** A label, something to fill in, a hint, and what is wrong with it. */
export function Field({ name, label, hint, children }: FieldProps) {
  const id = useId()
  const failure = use(FormFailure)
  const message = failure?.param === name ? failure.message : undefined
  const described = [hint && `${id}-hint`, message && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name, 'aria-describedby': described || undefined, 'aria-invalid': message !== undefined })}
      {message && (
        <p className="wrong" id={`${id}-wrong`}>
          {message}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
