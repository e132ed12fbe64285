import type { ComponentChildren } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useAction } from '../actions/use-action.js'
import type { Style } from '../values/box-style.js'
import { FormContext, type FormScope as Scope } from './form-context.js'
import { nestValues } from './form-values.js'
import { findErrors, readFields } from './read-fields.js'

interface Props {
  class: string
  style?: Style
  /** What a submit does. */
  action: unknown
  children: ComponentChildren
}

/** A form: gives its fields' values to every action fired inside, and submits only what the browser finds right. */
export function FormScope({ class: className, style = {}, action, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map())
  const scope = useMemo<Scope>(
    () => ({
      errors,
      values: (changed) => nestValues([...(form.current ? readFields(form.current) : []), ...changed]),
      clearError: (name) => {
        if (errors.has(name)) setErrors(new Map([...errors].filter(([other]) => other !== name)))
      },
    }),
    [errors],
  )
  return (
    <FormContext.Provider value={scope}>
      <SubmittingForm
        formRef={form}
        class={className}
        style={style}
        action={action}
        onErrors={(found) => setErrors(found)}
      >
        {children}
      </SubmittingForm>
    </FormContext.Provider>
  )
}

interface SubmittingFormProps extends Props {
  formRef: { current: HTMLFormElement | null }
  onErrors(errors: ReadonlyMap<string, string>): void
}

/** The element itself, inside its own scope, so that its action carries the values too. */
function SubmittingForm({ formRef, class: className, style = {}, action, onErrors, children }: SubmittingFormProps) {
  const bound = useAction(action, 'submit')
  const submit = (event: Event) => {
    event.preventDefault()
    event.stopPropagation() // a form may stand inside another
    if (!formRef.current) return
    const { errors, first } = findErrors(formRef.current)
    onErrors(errors)
    if (first) first.focus()
    else void bound.run()
  }
  return (
    <form ref={formRef} class={className} style={style} noValidate onSubmit={submit}>
      {children}
    </form>
  )
}
