import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../icon.js'
import { IconButton } from '../icon-button.js'
import { useText } from '../session-context.js'
import '../../styles/viewer.css'

export interface ViewerProps {
  url: string
  alt: string
  onClose(): void
}

/** One picture, as large as the chat lets it be. Escape, the button and a press beside the picture close it. */
export function ImageViewer({ url, alt, onClose }: ViewerProps) {
  const text = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    const element = dialog.current
    element?.showModal()
    const closeBeside = ({ target }: Event) => target === element && element?.close()
    element?.addEventListener('pointerdown', closeBeside)
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    <dialog class="viewer" ref={dialog} aria-label={alt} onClose={onClose}>
      <img src={url} alt={alt} />
      <div class="viewer-actions">
        <a class="icon-button" href={url} download={fileName(url)} aria-label={text.download} title={text.download}>
          <Icon name="download" />
        </a>
        <IconButton icon="close" label={text.close} onClick={onClose} />
      </div>
    </dialog>
  )
}

/** `image.png`, by the kind a data URL names; elsewhere by the address's own end. */
function fileName(url: string): string {
  const kind = /^data:image\/(\w+)/.exec(url)?.[1] ?? /\.(\w{3,4})(?:[?#]|$)/.exec(url)?.[1] ?? 'png'
  return `image.${kind === 'jpeg' ? 'jpg' : kind}`
}
