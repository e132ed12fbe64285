import type { MarkdownContext } from './context.js'
import { headingElement } from './heading-element.js'
import { InlineLeaf } from './inline-leaf.js'

/** An ATX heading. Its line may end in `#`s that are not part of it, so a trailing row of them waits. */
export class Heading {
  readonly kind = 'heading'
  private readonly leaf: InlineLeaf
  private held = ''
  private isEmpty = true

  constructor(parent: Element, level: number, start: number, context: MarkdownContext) {
    const element = headingElement(level, context)
    parent.appendChild(element)
    this.leaf = new InlineLeaf(element, start, context)
    context.blocks.push({ start, place: this.leaf })
  }

  append(text: string, from: number): void {
    const all = this.held + text
    const cut = closingStart(all, this.isEmpty)
    if (cut > 0) {
      this.leaf.append({ text: all.slice(0, cut), from: from - this.held.length })
      this.isEmpty = false
    }
    this.held = all.slice(cut)
  }

  end(): void {
    this.leaf.end()
  }
}

/** Where the closing sequence (blanks, `#`s, blanks) at the end of the text starts, were the line to end here. */
function closingStart(text: string, isStart: boolean): number {
  let at = text.length
  while (isBlank(text, at - 1)) at--
  const marksEnd = at
  while (text[at - 1] === '#') at--
  const isClosing = at === marksEnd || isBlank(text, at - 1) || (at === 0 && isStart)
  if (!isClosing) at = marksEnd
  while (isBlank(text, at - 1)) at--
  return at
}

const isBlank = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t'
