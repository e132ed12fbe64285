const SHOWN_MS = 2000

/** Puts the example that is seen on the clipboard. Pages that may not write there have no button for it. */
export function offerCopies(page: Document): void {
  if (!navigator.clipboard) return
  for (const button of page.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', async () => {
      const code = button.closest('.snippet')?.querySelector('[data-snippet]:not([hidden])')?.textContent ?? ''
      const said = await navigator.clipboard.writeText(code).then(
        () => 'Copied',
        () => 'Could not copy',
      )
      button.textContent = said
      setTimeout(() => {
        button.textContent = 'Copy'
      }, SHOWN_MS)
    })
  }
}
