/** A formula on lines of its own, between `$$` and `$$` or `\[` and `\]`. */
import type { MarkdownContext } from './context.js'
import { MATH_END, type MathFence } from './math-fence.js'

export class MathBlock {
  readonly kind = 'math'
  private readonly element: HTMLElement
  private readonly source: Text
  private tex = ''

  constructor(
    parent: Element,
    readonly fence: MathFence,
    start: number,
    private readonly context: MarkdownContext,
  ) {
    this.source = context.document.createTextNode(fence)
    this.element = context.document.createElement('div')
    this.element.className = 'md-math md-math-display'
    this.element.appendChild(this.source)
    parent.appendChild(this.element)
    context.blocks.push({ start, place: this.element })
  }

  /** A line of the formula, or the rest of the one it opened on. */
  line(text: string): void {
    this.tex += `${text}\n`
    this.source.appendData(`${text}\n`)
  }

  /** The line on which the closing delimiter stands, without it. */
  close(text: string): void {
    this.tex += text
    this.source.appendData(text + MATH_END[this.fence])
    if (this.tex.trim() !== '') this.context.onMathClosed?.(this.element, this.tex.trim(), true)
  }

  end(): void {
    // Ended without its delimiter, it stays the text it is.
  }
}
