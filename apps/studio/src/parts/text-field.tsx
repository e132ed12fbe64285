import type { InputHTMLAttributes } from 'react'
import { Field } from './field.js'

interface TextFieldProps
  extends Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'type' | 'maxLength' | 'placeholder' | 'spellCheck' | 'required'
  > {
  name: string
  label: string
  hint?: string
  value: string
  onChange(value: string): void
}

/** One line of a draft. It is about what is made here, so that the browser suggests nothing. */
export function TextField({ name, label, hint, onChange, ...input }: TextFieldProps) {
  return (
    <Field name={name} label={label} hint={hint}>
      {(control) => (
        <input {...control} {...input} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
      )}
    </Field>
  )
}
