/** A fenced or indented code block: language, copy button, and code that grows at its end only. */
import type { MarkdownContext } from './context.js'
import { createCopyButton } from './copy-button.js'
import { decodeEscapes } from './link-parts.js'

/** Growing a text node copies it, so long code becomes several of them. */
const MAX_NODE_LENGTH = 8192

export class CodeBlock {
  private readonly code: HTMLElement
  private node: Text | null = null
  private readonly language: string
  /** Blank lines of indented code count only when code follows. */
  private blankLines = ''

  /** `info` is what stands behind the opening fence; null for indented code. */
  constructor(
    parent: Element,
    private readonly info: string | null,
    start: number,
    private readonly context: MarkdownContext,
  ) {
    const { document, text, blocks } = context
    this.language = decodeEscapes(info ?? '').split(/\s/)[0] ?? ''
    const figure = document.createElement('figure')
    figure.className = 'md-code'
    const caption = document.createElement('figcaption')
    const label = document.createElement('span')
    label.textContent = this.language || text.code
    this.code = document.createElement('code')
    if (this.language) this.code.className = `language-${this.language}`
    caption.append(
      label,
      createCopyButton(context, () => ({ text: this.code.textContent ?? '' })),
    )
    const pre = document.createElement('pre')
    pre.setAttribute('tabindex', '0')
    pre.append(this.code)
    figure.append(caption, pre)
    parent.appendChild(figure)
    blocks.push({ start, place: figure })
  }

  get kind(): 'fence' | 'indented' {
    return this.info === null ? 'indented' : 'fence'
  }

  /** Appends code; the line ending comes with `endLine`. */
  append(text: string): void {
    if (this.info === null && this.blankLines !== '' && text !== '') {
      this.write(this.blankLines)
      this.blankLines = ''
    }
    this.write(text)
  }

  endLine(): void {
    this.write('\n')
  }

  /** A blank line, with the blanks that belong to the code. */
  blankLine(blanks: string): void {
    if (this.info === null) this.blankLines += `${blanks}\n`
    else this.write(`${blanks}\n`)
  }

  end(): void {
    this.context.onCodeBlockClosed?.(this.code, this.language)
  }

  private write(text: string): void {
    let rest = text
    while (rest !== '') {
      const room = MAX_NODE_LENGTH - (this.node?.length ?? MAX_NODE_LENGTH)
      if (this.node && room > 0) {
        this.node.appendData(rest.slice(0, room))
        rest = rest.slice(room)
      } else {
        this.node = this.context.document.createTextNode(rest.slice(0, MAX_NODE_LENGTH))
        this.code.appendChild(this.node)
        rest = rest.slice(MAX_NODE_LENGTH)
      }
    }
  }
}
