import { type ReactNode, useCallback } from 'react'
import { useAction } from '../api/use-action.js'
import { closeDialogOf, Dialog } from './dialog.js'
import { Form } from './form.js'

interface ConfirmProps {
  title: string
  /** What happens then. */
  children: ReactNode
  /** The button, as a verb. */
  verb: string
  /** The button that does nothing. */
  keep?: string
  act(): Promise<unknown>
  onClose(): void
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, children, verb, keep = 'Keep', act, onClose }: ConfirmProps) {
  const action = useAction(
    useCallback(async () => {
      await act()
      onClose()
    }, [act, onClose]),
  )
  return (
    <Dialog title={title} onClose={onClose}>
      <Form action={action} read={() => undefined}>
        <div className="quiet">{children}</div>
        <div className="buttons">
          <button className="button" type="button" onClick={({ currentTarget }) => closeDialogOf(currentTarget)}>
            {keep}
          </button>
          <button className="button danger" type="submit">
            {verb}
          </button>
        </div>
      </Form>
    </Dialog>
  )
}
