import type { MarkdownContext, SourceBlock } from './context.js'
import { InlineLeaf } from './inline-leaf.js'

/** Makes the node that marks a position, such as a footnote number. Called again when a block is drawn anew. */
export type MakeMarker = () => Node

interface Placed {
  index: number
  make: MakeMarker
}

/** Footnote markers: each is put in as soon as the text it belongs to is final. */
export class Annotations {
  private waiting: Placed[] = []
  private placed: Placed[] = []

  constructor(
    private readonly root: Element,
    private readonly context: MarkdownContext,
  ) {}

  add(index: number, make: MakeMarker): void {
    this.waiting.push({ index, make })
  }

  /** Places what stands before `settled`, of `length` characters so far; once all is settled everything finds a place. */
  place(length: number, settled: number): void {
    this.takeBackLost(length)
    if (this.waiting.length === 0) return
    this.waiting = this.waiting.filter((annotation) => {
      const index = Math.min(annotation.index, length - 1)
      const block = this.blockAt(index)
      const isReady =
        settled === Number.POSITIVE_INFINITY || (annotation.index < settled && this.isSettled(block, index))
      if (isReady) this.put(annotation, block, index)
      return !isReady
    })
  }

  /** Markers in what was drawn anew are made again. */
  private takeBackLost(length: number): void {
    const { redrawn } = this.context
    if (redrawn.length === 0) return
    const isLost = ({ index }: Placed) => {
      const at = Math.min(index, length - 1)
      return redrawn.some(({ from, to }) => at >= from && at < to)
    }
    this.waiting.push(...this.placed.filter(isLost))
    this.placed = this.placed.filter((annotation) => !isLost(annotation))
    redrawn.length = 0
  }

  private put(annotation: Placed, block: SourceBlock | undefined, index: number): void {
    const marker = annotation.make()
    this.placed.push(annotation)
    const place = block?.place ?? this.root
    if (place instanceof InlineLeaf) place.insertAfter(index, marker)
    else if (place.localName === 'hr') place.after(marker)
    else place.appendChild(marker)
  }

  private isSettled(block: SourceBlock | undefined, index: number): boolean {
    if (!block) return false
    const isLast = block === this.context.blocks.at(-1)
    return block.place instanceof InlineLeaf ? block.place.isSettledAt(index) : !isLast
  }

  /** The last block that starts at or before the index. */
  private blockAt(index: number): SourceBlock | undefined {
    const { blocks } = this.context
    let low = 0
    let high = blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      const block = blocks[middle]
      if (block && block.start <= index) low = middle + 1
      else high = middle
    }
    return blocks[Math.max(0, low - 1)]
  }
}
