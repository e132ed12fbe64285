/** One run of inline content in the page, with the way back from source positions to its text nodes. */
import type { InlineContext } from './inline-context.js'
import { InlineParser } from './inline-parser.js'

/** A piece of inline source, `from` where it stands in the whole text. */
export interface SourcePiece {
  text: string
  from: number
}

/** Inline position `at` on is source position `from` on. */
interface SourceStep {
  at: number
  from: number
}

export class InlineLeaf {
  private parser: InlineParser
  private readonly steps: SourceStep[] = []
  private length = 0
  /** Kept until it is sure that no later definition changes the text. */
  private pieces: SourcePiece[] | null = []
  private isEnded = false
  private readonly markers = new Set<Node>()

  /** Writes behind what `element` already holds; `start` is the source position of the block. */
  constructor(
    public element: Element,
    readonly start: number,
    private readonly context: InlineContext,
  ) {
    this.parser = new InlineParser(element, context)
  }

  append(piece: SourcePiece): void {
    const last = this.steps.at(-1)
    if (!last || piece.from - last.from !== this.length - last.at)
      this.steps.push({ at: this.length, from: piece.from })
    this.length += piece.text.length
    this.pieces?.push(piece)
    this.parser.append(piece.text)
  }

  end(): void {
    this.isEnded = true
    this.parser.end()
    if (this.parser.brackets.missingLabels.size === 0) this.pieces = null
  }

  /** Whether a definition that came after the text makes a link in it. */
  get awaitsDefinition(): boolean {
    for (const label of this.parser.brackets.missingLabels) if (this.context.references.find(label)) return true
    return false
  }

  /** Writes the text again, now that all definitions are known. */
  rewrite(): void {
    const { pieces, element } = this
    if (!pieces) return
    this.pieces = null
    const keeps = element.querySelector(':scope > input')
    while (element.lastChild && element.lastChild !== keeps) element.lastChild.remove()
    this.parser = new InlineParser(element, this.context)
    for (const { text } of pieces) this.parser.append(text)
    this.parser.end()
  }

  /** Moves the finished content into another element that takes the place of the present one. */
  moveTo(element: Element): void {
    while (this.element.firstChild) element.appendChild(this.element.firstChild)
    this.element.replaceWith(element)
    this.element = element
  }

  /** Whether `insertAfter` would find its final place. */
  isSettledAt(source: number): boolean {
    const at = this.toInline(source)
    const origin = this.parser.writer.origins[this.visibleBefore(at)]
    return this.isEnded || (origin !== undefined && this.parser.isSettled(origin.at, at))
  }

  /** Puts a node right behind the character at the source position, or behind the nearest visible text before it. */
  insertAfter(source: number, marker: Node): void {
    const { writer } = this.parser
    writer.flush()
    const at = this.toInline(source)
    const index = this.visibleBefore(at)
    const origin = writer.origins[index]
    if (!origin) {
      this.element.appendChild(marker)
      return
    }
    const next = writer.origins[index + 1]
    const end = next?.node === origin.node ? next.offset : origin.node.length
    const offset = wholeCharacter(origin.node, Math.min(origin.offset + at - origin.at + 1, end))
    const host = unbreakableAround(origin.node, this.element)
    if (!host) this.splitAt(index, offset)
    this.putBehind(host ?? origin.node, marker)
  }

  /** Index of the last piece of text at or before an inline position that stands in the page; `-1` for none. */
  private visibleBefore(at: number): number {
    const { origins } = this.parser.writer
    let index = lastAtOrBefore(origins, at)
    for (let origin = origins[index]; origin && !this.element.contains(origin.node); origin = origins[index]) index--
    return index
  }

  /** Markers at one place stand in the order in which they came. */
  private putBehind(anchor: ChildNode, marker: Node): void {
    let last = anchor
    while (last.nextSibling && this.markers.has(last.nextSibling)) last = last.nextSibling
    last.after(marker)
    this.markers.add(marker)
  }

  /** Cuts a text node in two and keeps track of what stands where. */
  private splitAt(index: number, offset: number): void {
    const { origins } = this.parser.writer
    const origin = origins[index]
    if (!origin) return
    const { node } = origin
    const rest = offset < node.length ? node.splitText(offset) : null
    this.parser.writer.cut(node, rest)
    if (!rest) return
    const reachesRest = origins[index + 1]?.node !== node || origins[index + 1]?.offset !== offset
    for (let i = index + 1, next = origins[i]; next?.node === node; next = origins[++i]) {
      origins[i] = { node: rest, offset: next.offset - offset, at: next.at }
    }
    if (reachesRest) origins.splice(index + 1, 0, { node: rest, offset: 0, at: origin.at + offset - origin.offset })
  }

  private toInline(source: number): number {
    const step = this.steps[lastAtOrBefore(this.steps, source, (each) => each.from)]
    return step ? step.at + source - step.from : -1
  }
}

/** The outermost link, code or formula around a node: a marker is never put inside of one. */
function unbreakableAround(node: Node, limit: Element): Element | null {
  let found: Element | null = null
  for (let parent = node.parentElement; parent && parent !== limit; parent = parent.parentElement) {
    if (parent.localName === 'a' || parent.localName === 'code' || parent.classList.contains('md-math')) found = parent
  }
  return found
}

/** A position never falls between the two halves of one character. */
function wholeCharacter(node: Text, offset: number): number {
  const code = node.data.charCodeAt(offset - 1)
  return code >= 0xd800 && code <= 0xdbff && offset < node.length ? offset + 1 : offset
}

function lastAtOrBefore<T extends { at: number }>(
  list: readonly T[],
  value: number,
  key: (item: T) => number = (item) => item.at,
): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = list[middle]
    if (item && key(item) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
