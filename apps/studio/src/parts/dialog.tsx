import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from 'react'
import { Icon } from './icon.js'

interface DialogProps {
  title: string
  /** `side`: as tall as the window, for what takes room. */
  shape?: 'box' | 'side'
  onClose(): void
  children: ReactNode
}

/** Something to see or do before going on. The dialog element brings the focus, Escape and the way back. */
export function Dialog({ title, shape = 'box', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    if (!dialog.current?.open) dialog.current?.showModal()
    return () => {
      // One that is taken away while it is open leaves the focus nowhere.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  /** React tells of a dialog that closes inside of this one as well. */
  const closed = ({ target, currentTarget }: SyntheticEvent) => {
    if (target === currentTarget) onClose()
  }
  return (
    <dialog className="dialog" data-shape={shape} ref={dialog} aria-labelledby={id} onClose={closed}>
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button
          className="button quiet-button icon-button"
          type="button"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}

/** Closes the dialog around an element, as its own button does. */
export const closeDialogOf = (element: Element) => element.closest('dialog')?.close()
