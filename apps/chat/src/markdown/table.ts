/** A GFM table in a scroll area of its own; rows are added as they are complete, the copy button once all are. */
import type { Copied, MarkdownContext } from './context.js'
import { createCopyButton } from './copy-button.js'
import { InlineLeaf } from './inline-leaf.js'
import { splitRow, type TableAlignment, type TableCell } from './table-row.js'

/** Short rows are filled up only in tables of a sane width: a wide one could make much page from little text. */
const MAX_FILLED_COLUMNS = 64

const DELIMITERS = { none: '---', left: ':---', center: ':---:', right: '---:' } as const

export class Table {
  readonly kind = 'table'
  private readonly frame: HTMLElement
  private readonly table: HTMLTableElement
  private body: Element | null = null
  /** As they were written, for whoever copies them. */
  private readonly lines: string[] = []

  constructor(
    parent: Element,
    private readonly alignments: TableAlignment[],
    start: number,
    private readonly context: MarkdownContext,
  ) {
    const { document, text, blocks } = context
    this.frame = document.createElement('div')
    this.frame.className = 'md-table'
    const area = document.createElement('div')
    area.className = 'md-table-area'
    area.setAttribute('role', 'region')
    area.setAttribute('aria-label', text.table)
    area.setAttribute('tabindex', '0')
    this.table = document.createElement('table')
    area.appendChild(this.table)
    this.frame.appendChild(area)
    parent.appendChild(this.frame)
    blocks.push({ start, place: area })
  }

  addHeader(line: string, from: number): void {
    const head = this.context.document.createElement('thead')
    head.appendChild(this.row('th', line, from))
    this.table.appendChild(head)
    this.lines.push(line, `| ${this.alignments.map((alignment) => DELIMITERS[alignment ?? 'none']).join(' | ')} |`)
  }

  addRow(line: string, from: number): void {
    if (!this.body) {
      this.body = this.context.document.createElement('tbody')
      this.table.appendChild(this.body)
    }
    this.body.appendChild(this.row('td', line, from))
    this.lines.push(line)
  }

  end(): void {
    this.body = null
    this.frame.appendChild(createCopyButton(this.context, () => this.copied()))
  }

  /** Markdown for editors, and a table for spreadsheets and documents. */
  private copied(): Copied {
    const copy = this.table.cloneNode(true) as HTMLElement // a copy of a table is one
    for (const marker of copy.querySelectorAll('.citation')) marker.remove()
    return { text: `${this.lines.join('\n')}\n`, html: copy.outerHTML }
  }

  private row(name: 'td' | 'th', line: string, from: number): Element {
    const row = this.context.document.createElement('tr')
    const cells = splitRow(line).slice(0, this.alignments.length)
    for (const [column, cell] of cells.entries()) row.appendChild(this.cell(name, column, cell, from))
    if (this.alignments.length > MAX_FILLED_COLUMNS) return row
    const end = { text: '', offset: line.length }
    for (let column = cells.length; column < this.alignments.length; column++)
      row.appendChild(this.cell(name, column, end, from))
    return row
  }

  private cell(name: 'td' | 'th', column: number, cell: TableCell, from: number): Element {
    const element = this.context.document.createElement(name)
    const alignment = this.alignments[column]
    if (alignment) element.setAttribute('align', alignment)
    const start = from + cell.offset
    const leaf = new InlineLeaf(element, start, this.context)
    this.context.blocks.push({ start, place: leaf })
    // In a table `\|` is a pipe everywhere, in code too.
    let written = 0
    for (const match of cell.text.matchAll(/\\\|/g)) {
      leaf.append({ text: cell.text.slice(written, match.index), from: start + written })
      written = match.index + 1
    }
    leaf.append({ text: cell.text.slice(written), from: start + written })
    leaf.end()
    return element
  }
}
