/** Formulas, drawn by KaTeX. Loaded with the first one. */
import { ParseError, render } from 'katex'
import 'katex/dist/katex.min.css'
import '../../styles/math.css'

/**
 * Draws a formula into the element that shows its source, and hides the source. Screen readers get MathML. Commands
 * that lead out of the formula (links, pictures, HTML) are refused, sizes and repetitions bounded.
 */
export function drawMath(element: HTMLElement, tex: string, displayMode: boolean): void {
  const { ownerDocument: document } = element
  const drawn = document.createElement('span')
  try {
    render(tex, drawn, { displayMode, throwOnError: true, trust: false, strict: 'ignore', maxSize: 20, maxExpand: 200 })
  } catch (thrown) {
    if (thrown instanceof ParseError) return // no formula after all: it stays the text it is
    throw thrown
  }
  const source = document.createElement('span')
  source.hidden = true
  source.append(...element.childNodes)
  element.append(source, ...drawn.childNodes)
  if (!displayMode) return
  element.tabIndex = 0 // a wide formula scrolls; the keyboard must be able to scroll it too
  element.setAttribute('role', 'group')
}
