/**
 * Blocks, line by line. The start of each line decides where it belongs; as soon as that is sure, what follows is
 * passed on to the open leaf as it arrives, without waiting for the end of the line.
 */
import { CodeBlock } from './code-block.js'
import { type Container, markLoose, openContainer } from './containers.js'
import type { MarkdownContext } from './context.js'
import { Heading } from './heading.js'
import { type LeafStart, type LineStart, type OpenLeaf, readLineStart } from './line-start.js'
import { MathBlock } from './math-block.js'
import { MATH_END } from './math-fence.js'
import { Paragraph } from './paragraph.js'
import { Table } from './table.js'

type Leaf = Paragraph | Heading | CodeBlock | MathBlock | Table

/** Undecided starts up to this length are looked at with every piece, longer ones each time they grew by a quarter. */
const SHORT_START = 64

export class BlockParser {
  private readonly containers: Container[] = []
  private leaf: Leaf | null = null
  private fence: (LeafStart & { kind: 'fence' }) | null = null
  /** The undecided start of the current line, and the length at which to look at it again. */
  private start = ''
  private nextLook = 1
  /** The leaf that takes the rest of the line, once that is decided. */
  private receiver: Paragraph | Heading | CodeBlock | null = null
  /** Source position of the next character, and of the start of the line. */
  private position = 0
  private lineFrom = 0
  /** A carriage return that may belong to a line ending. */
  private carriage = ''
  /** After a blank line: how many containers, counted to its innermost quote, it was inside of. */
  private blankInside: number | null = null

  constructor(
    private readonly root: Element,
    private readonly context: MarkdownContext,
  ) {}

  /** The source position up to which it is known what each line is. */
  get settled(): number {
    const heldFrom = this.leaf instanceof Paragraph ? this.leaf.heldFrom : null
    return heldFrom ?? (this.start === '' ? this.position : this.lineFrom)
  }

  push(text: string): void {
    const clean = text.replaceAll('\0', '\ufffd')
    let from = 0
    while (from < clean.length) {
      const newline = clean.indexOf('\n', from)
      this.takePiece(clean.slice(from, newline < 0 ? clean.length : newline), newline >= 0)
      from = newline < 0 ? clean.length : newline + 1
    }
  }

  end(): void {
    if (this.start !== '' && !this.receiver) this.beginLine(true)
    this.endLine()
    this.closeLeaf()
  }

  private takePiece(piece: string, endsLine: boolean): void {
    let text = this.carriage + piece
    this.carriage = ''
    const hasReturn = text.endsWith('\r')
    if (hasReturn) text = text.slice(0, -1)
    if (hasReturn && !endsLine) this.carriage = '\r'
    if (this.receiver) {
      if (text !== '') this.receiver.append(text, this.position)
    } else {
      this.start += text
      if (endsLine || this.start.length >= this.nextLook) this.beginLine(endsLine)
    }
    this.position += text.length
    if (endsLine) {
      this.endLine()
      this.position += hasReturn ? 2 : 1
      this.lineFrom = this.position
    }
  }

  private beginLine(isWhole: boolean): void {
    const line = readLineStart(this.start, isWhole, this.containers, this.openLeaf())
    if (line === 'undecided') {
      this.nextLook = this.start.length < SHORT_START ? 1 : Math.ceil(this.start.length * 1.25)
      return
    }
    this.start = ''
    this.nextLook = 1
    this.apply(line)
  }

  private endLine(): void {
    if (this.receiver instanceof CodeBlock) this.receiver.endLine()
    if (this.receiver instanceof Heading) this.closeLeaf()
    this.receiver = null
    this.start = ''
    this.nextLook = 1
  }

  private openLeaf(): OpenLeaf {
    if (this.leaf instanceof CodeBlock) return this.fence ?? { kind: 'indented' }
    if (this.leaf instanceof Paragraph || this.leaf instanceof MathBlock) return this.leaf
    return this.leaf instanceof Table ? { kind: 'table' } : null
  }

  private get parent(): Element {
    return this.containers.at(-1)?.element ?? this.root
  }

  private apply(line: LineStart): void {
    this.leafStarts[line.leaf.kind](line, this.lineFrom + line.contentOffset)
    if (line.leaf.kind !== 'blank') this.blankInside = null
  }

  /** One function per kind of line. */
  private readonly leafStarts: Record<LeafStart['kind'], (line: LineStart, from: number) => void> = {
    blank: (line) => this.takeBlank(line),
    continue: (line, from) => this.receive(this.leaf, line, from),
    code: (line, from) => this.takeCode(line, from),
    fenceEnd: () => this.closeLeaf(),
    row: ({ content }, from) => {
      if (this.leaf instanceof Table) this.leaf.addRow(content, from)
    },
    setext: ({ leaf }) => this.takeUnderline(leaf),
    table: ({ leaf }) => this.openTable(leaf),
    rule: (line, from) => this.openRule(line, from),
    paragraph: (line, from) => {
      const isItemStart = this.openPlace(line)
      this.leaf = new Paragraph(this.parent, from, this.context, isItemStart)
      this.receive(this.leaf, line, from)
    },
    heading: (line, from) => {
      this.openPlace(line)
      const level = line.leaf.kind === 'heading' ? line.leaf.level : 1
      this.leaf = new Heading(this.parent, level, from, this.context)
      this.receive(this.leaf, line, from)
    },
    fence: (line, from) => {
      this.openPlace(line)
      this.fence = line.leaf.kind === 'fence' ? line.leaf : null
      this.leaf = new CodeBlock(this.parent, this.fence?.info ?? '', from, this.context)
    },
    math: (line, from) => this.openMath(line, from),
    mathLine: ({ content }) => {
      if (this.leaf instanceof MathBlock) this.leaf.line(content)
    },
    mathEnd: ({ content }) => this.closeMath(content),
    indented: (line, from) => {
      this.openPlace(line)
      this.leaf = new CodeBlock(this.parent, null, from, this.context)
      this.receive(this.leaf, line, from)
    },
  }

  /** The rest of the line goes to the leaf. */
  private receive(leaf: Leaf | null, { content }: LineStart, from: number): void {
    if (!leaf || leaf instanceof Table || leaf instanceof MathBlock) return
    if (leaf instanceof Paragraph) leaf.startLine(content, from)
    else leaf.append(content, from)
    this.receiver = leaf
  }

  private takeBlank(line: LineStart): void {
    const unmatched = this.containers[line.matched]
    // An item that began empty ends here; its list stays open for a next item.
    if (unmatched?.kind === 'item') unmatched.isEnded = true
    if (line.opens.length > 0) this.openContainers(line)
    else if (unmatched?.kind === 'quote') this.closeContainers(line.matched)
    else this.closeLeaf()
    this.blankInside = line.opens.length > 0 ? null : this.innermostQuote()
  }

  private innermostQuote(): number {
    let count = this.containers.length
    while (count > 0 && this.containers[count - 1]?.kind !== 'quote') count--
    return count
  }

  private takeCode(line: LineStart, from: number): void {
    const isBlankIndented = !this.fence && line.content.trim() === ''
    if (isBlankIndented && this.leaf instanceof CodeBlock) this.leaf.blankLine(line.content)
    else this.receive(this.leaf, line, from)
  }

  private takeUnderline(start: LeafStart): void {
    if (this.leaf instanceof Paragraph && start.kind === 'setext') this.leaf.endAsHeading(start.level)
    this.leaf = null
  }

  private openTable(start: LeafStart): void {
    if (!(this.leaf instanceof Paragraph) || start.kind !== 'table') return
    const header = this.leaf.endBeforeLastLine()
    const table = new Table(this.parent, start.alignments, header.from, this.context)
    table.addHeader(header.text, header.from)
    this.leaf = table
  }

  private openMath(line: LineStart, from: number): void {
    if (line.leaf.kind !== 'math') return
    const { fence, isClosed } = line.leaf
    this.openPlace(line)
    this.leaf = new MathBlock(this.parent, fence, from, this.context)
    const inside = line.content.slice(fence.length)
    if (isClosed) this.closeMath(inside)
    else this.leaf.line(inside)
  }

  private closeMath(content: string): void {
    if (!(this.leaf instanceof MathBlock)) return
    this.leaf.close(content.trimEnd().slice(0, -MATH_END[this.leaf.fence].length))
    this.closeLeaf()
  }

  private openRule(line: LineStart, from: number): void {
    this.openPlace(line)
    const element = this.context.document.createElement('hr')
    this.parent.appendChild(element)
    this.context.blocks.push({ start: from, place: element })
  }

  /** Makes room for a new leaf; answers whether it is the first block of a list item. */
  private openPlace(line: LineStart): boolean {
    this.openContainers(line)
    return this.addChild()
  }

  private openContainers({ matched, opens }: LineStart): void {
    const sibling = this.containers[matched]
    this.closeContainers(matched)
    for (const [index, start] of opens.entries()) {
      const container = openContainer(start, this.parent, index === 0 ? sibling : undefined)
      const joins = sibling?.kind === 'item' && container.kind === 'item' && container.list === sibling.list
      if (!joins) this.addChild()
      else if (this.isBlankBetween(matched + 1)) markLoose(container)
      this.containers.push(container)
    }
  }

  private closeContainers(matched: number): void {
    this.closeLeaf()
    this.containers.length = matched
  }

  /** Notes a new block in the innermost container; answers whether that is a list item and the block its first. */
  private addChild(): boolean {
    const item = this.containers.at(-1)
    if (item?.kind !== 'item') return false
    const isFirst = !item.hasChild
    if (!isFirst && this.isBlankBetween(this.containers.length)) markLoose(item)
    item.hasChild = true
    return isFirst
  }

  /** Whether the line before was blank outside of the quotes in the container number `count`. */
  private isBlankBetween(count: number): boolean {
    return this.blankInside !== null && this.blankInside < count
  }

  private closeLeaf(): void {
    this.leaf?.end()
    this.leaf = null
    this.fence = null
  }
}
