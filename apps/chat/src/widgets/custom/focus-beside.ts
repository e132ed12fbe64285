const TABBABLE = 'a[href], button, input, select, textarea, iframe, summary, [contenteditable], [tabindex]'

/** Moves the focus to the next stop of the Tab key behind an element, or to the last one before it. */
export function focusBeside(element: HTMLElement, side: 'start' | 'end'): void {
  const stops = [...document.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (stop) =>
      stop.tabIndex >= 0 &&
      !element.contains(stop) &&
      stop.matches(':not(:disabled, [inert] *)') &&
      stop.checkVisibility(),
  )
  const wanted = side === 'end' ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING
  const beside = stops.filter((stop) => element.compareDocumentPosition(stop) & wanted)
  beside.at(side === 'end' ? 0 : -1)?.focus()
}
