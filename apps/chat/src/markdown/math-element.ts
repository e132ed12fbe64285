import type { InlineContext } from './inline-context.js'

/**
 * The element of a complete formula in a line. It holds the source as it was written: that is what is seen until the
 * formula is drawn and where it cannot be drawn, and what positions in the source refer to.
 */
export function createMathElement(
  source: Text,
  { tex, isDisplay }: { tex: string; isDisplay: boolean },
  { onMathClosed }: InlineContext,
): HTMLElement {
  const element = source.ownerDocument.createElement('span')
  element.className = isDisplay ? 'md-math md-math-display' : 'md-math'
  element.appendChild(source)
  onMathClosed?.(element, tex, isDisplay)
  return element
}
