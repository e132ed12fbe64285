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
  const field = failure?.param === undefined ? undefined : fieldOf(form.current, failure.param)

  useEffect(() => {
    const wrong = failure && form.current?.querySelector<HTMLElement>(WRONG)
    if (!wrong) return
    openAround(wrong)
    wrong.focus()
  }, [failure])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isBusy) void run(read(new FormData(event.currentTarget)))
  }
  return (
    <form
      className="form"
      ref={form}
      onSubmit={submit}
      onInvalidCapture={({ target }) => target instanceof Element && openAround(target)}
      aria-label={label}
      aria-busy={isBusy}
    >
      <FormFailure value={field !== undefined && failure ? { param: field, message: failure.message } : undefined}>
        {failure && field === undefined && <Notice tone="danger">{failure.message}</Notice>}
        {children}
      </FormFailure>
      <Progress isOn={isBusy} />
    </form>
  )
}

const WRONG = '[aria-invalid=true], [data-wrong=true], [role=alert]'

/** The field that a server's name is about: of a list in one field, the name goes on with a number. */
function fieldOf(form: HTMLFormElement | null, param: string): string | undefined {
  const names = [...(form?.elements ?? [])].filter(saysWhatIsWrong).map((element) => element.getAttribute('name'))
  for (let name = param; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.'))))
    if (names.includes(name)) return name
  return undefined
}

const saysWhatIsWrong = (element: Element) => element.hasAttribute('aria-invalid') || element.hasAttribute('data-wrong')

/** Nobody can mend what they do not see. */
function openAround(element: Element): void {
  const closed = element.closest<HTMLDetailsElement>('details:not([open])')
  if (closed) closed.open = true
}
