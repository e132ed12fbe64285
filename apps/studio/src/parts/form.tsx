import { createContext, type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import type { Action } from '../api/use-action.js'
import { Notice } from './notice.js'
import { Progress } from './progress.js'

/** What is wrong with which field, for the fields inside a form. */
export const FormFailure = createContext<{ param: string; message: string } | undefined>(undefined)

interface FormProps<Input> {
  action: Action<Input>
  /** What the fields hold. */
  read(data: FormData): Input
  label?: string
  children: ReactNode
}

/** Fields and what is done with them. What went wrong stands beside its field, or else above them all, and is read aloud. */
export function Form<Input>({ action: { failure, isBusy, run }, read, label, children }: FormProps<Input>) {
  const form = useRef<HTMLFormElement>(null)
  const field = failure?.param
  const isAtField = field !== undefined && hasField(form.current, field)

  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus()
  }, [failure])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isBusy) void run(read(new FormData(event.currentTarget)))
  }
  return (
    <form className="form" ref={form} onSubmit={submit} aria-label={label} aria-busy={isBusy}>
      <FormFailure value={isAtField && failure ? { param: field, message: failure.message } : undefined}>
        {failure && !isAtField && <Notice tone="danger">{failure.message}</Notice>}
        {children}
      </FormFailure>
      <Progress isOn={isBusy} />
    </form>
  )
}

const hasField = (form: HTMLFormElement | null, name: string) =>
  form !== null && [...form.elements].some((element) => element.getAttribute('name') === name)
