import type { Copied, MarkdownContext } from './context.js'

/** How long the button says that it has copied. */
const COPIED_MS = 1600

/** A small button that copies what `take` answers when it is pressed, and says so. */
export function createCopyButton({ document, text, onCopy }: MarkdownContext, take: () => Copied): HTMLButtonElement {
  const button = document.createElement('button')
  button.setAttribute('type', 'button')
  button.className = 'md-copy'
  button.textContent = text.copy
  button.addEventListener('click', async () => {
    if (!(await onCopy(take()))) return
    button.textContent = text.copied
    setTimeout(() => {
      button.textContent = text.copy
    }, COPIED_MS)
  })
  return button
}
