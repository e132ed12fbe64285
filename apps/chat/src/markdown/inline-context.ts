import type { LinkOptions } from './link-elements.js'
import type { References } from './references.js'

/** What the inline parser needs to know of the text around it. */
export interface InlineContext {
  references: References
  links: LinkOptions
  onMathClosed?: (element: HTMLElement, tex: string, isDisplay: boolean) => void
  /** Whether every line end of the source is one in the page. */
  breaksLines: boolean
}

/** How a rest that has to wait is shown, and the characters that are worth another look at it. */
export interface Hold {
  show: 'nothing' | 'text' | 'code'
  wake: RegExp | null
  /** Whether it is given up when it grows longer than the longest target. */
  isBounded?: boolean
}
