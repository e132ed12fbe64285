import { type ReactNode, use, useId } from 'react'
import { FormFailure } from './form.js'

interface ChoicesProps {
  /** The server's name of it. */
  name: string
  legend: string
  children: ReactNode
}

/** Several things to check, and what is wrong with the choice. */
export function Choices({ name, legend, children }: ChoicesProps) {
  const id = useId()
  const failure = use(FormFailure)
  const message = failure?.param === name ? failure.message : undefined
  return (
    <fieldset
      className="choices"
      name={name}
      tabIndex={-1}
      data-wrong={message !== undefined}
      aria-describedby={message && id}
    >
      <legend className="label">{legend}</legend>
      {children}
      {message && (
        <p className="wrong" id={id}>
          {message}
        </p>
      )}
    </fieldset>
  )
}
