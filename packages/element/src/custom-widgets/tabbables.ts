const TABBABLE =
  'a[href], button, input, select, textarea, iframe, summary, audio[controls], video[controls], [contenteditable], [tabindex]'

/** What the Tab key stops at inside a node, in order. */
export function tabbablesIn(node: ParentNode): HTMLElement[] {
  return [...node.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (element) =>
      element.tabIndex >= 0 && !element.matches(':disabled, [inert] *') && element.getClientRects().length > 0,
  )
}
