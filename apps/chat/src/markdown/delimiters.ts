/**
 * Emphasis, strong and strikethrough: the delimiter stack of CommonMark, worked off while the text is still arriving.
 *
 * A closer is paired as soon as it is read. Two things keep that equal to pairing everything at the end:
 * a pair that would reach across an open `[` waits until it is known whether that bracket becomes a link, and the
 * positions below which no opener can be found are remembered, which keeps the work linear.
 *
 * A plain opener is optimistic: its emphasis element is opened at once and text flows into it, so bold text is bold
 * while it arrives. When the expected closer never comes the element is dissolved again.
 */
import { characterAt, characterBefore, isUnicodePunctuation, isUnicodeSpace } from './characters.js'
import type { InlineWriter } from './inline-writer.js'

export interface Delimiter {
  character: string
  /** Characters left to use; the rule of three wants the number at the start. */
  count: number
  length: number
  canOpen: boolean
  canClose: boolean
  /** Position in the source of the leaf. */
  at: number
  node: Text
  /** How deep the emphasis behind it is nested. */
  depth: number
  /** The element opened in advance; the text node then waits outside the page. */
  optimistic: Element | null
  previous: Delimiter | null
  next: Delimiter | null
}

/** An open bracket that may still become a link; emphasis must not cross it. */
export interface Boundary {
  at: number
  isActive: boolean
  previous: Boundary | null
}

/** Each optimistic element that fails costs one move of its content, so there are never more than these inside one another. */
const MAX_OPTIMISTIC = 3
/** Deeper emphasis stays text: browsers lay out nested elements recursively. */
const MAX_DEPTH = 32
const CHARACTERS = '*_~'

export class DelimiterStack {
  private top: Delimiter | null = null
  /** The first delimiter not yet tried as a closer. */
  private cursor: Delimiter | null = null
  /** Where the search for the waiting closer goes on, and the bracket it waits for. */
  private resumeAt: Delimiter | null = null
  private waitsFor: Boundary | null = null
  private readonly floors: number[] = []
  private readonly optimistic: Delimiter[] = []

  constructor(private readonly writer: InlineWriter) {}

  /** Takes the run `text[start, end)`, which stands at `at` in the leaf. `bracket` is the innermost open bracket. */
  push(text: string, start: number, end: number, at: number, bracket: Boundary | null): void {
    const delimiter = this.readRun(text, start, end, at)
    if (!delimiter) {
      this.writer.text(text.slice(start, end), at)
      return
    }
    delimiter.previous = this.top
    if (this.top) this.top.next = delimiter
    this.top = delimiter
    this.cursor ??= delimiter
    this.writer.node(delimiter.node)
    if (delimiter.canClose) this.pair(bracket)
    else this.openOptimistically(delimiter)
  }

  /** Whether a delimiter between two positions (both included) may still become emphasis. */
  isUndecidedBetween(from: number, to: number): boolean {
    return (this.topBelow(to)?.at ?? -1) >= from
  }

  /** A bracket turned out to be no link (or can no longer become one): what waited for it goes on. */
  bracketResolved(bracket: Boundary | null): void {
    if (this.waitsFor && (this.waitsFor.at > (bracket?.at ?? -1) || !this.waitsFor.isActive)) {
      this.waitsFor = null
      this.pair(bracket)
    }
  }

  /** Ends the optimism of everything opened after `at`, so that the content there is a flat row of siblings. */
  dissolveFrom(at: number): void {
    for (let last = this.optimistic.at(-1); last && last.at >= at; last = this.optimistic.at(-1)) this.dissolve(last)
  }

  /** A link was made of everything after the bracket at `at`: pairs inside it, then drops what is left there. */
  settleInside(at: number): void {
    this.dissolveFrom(at)
    let first: Delimiter | null = null
    for (let delimiter = this.top; delimiter && delimiter.at > at; delimiter = delimiter.previous) first = delimiter
    if (!first) return
    const { resumeAt } = this
    const floors: number[] = []
    for (let closer: Delimiter | null = first; closer; ) {
      const floor = Math.max(at, floors[floorKey(closer)] ?? 0)
      const opener: Delimiter | null = closer.canClose ? this.findOpener(closer, closer.previous, floor) : null
      if (closer.canClose && !opener) floors[floorKey(closer)] = closer.at
      closer = opener ? this.join(opener, closer) : closer.next
    }
    this.resumeAt = resumeAt
    this.top = this.topBelow(at)
    if (this.top) this.top.next = null
    if (this.cursor && this.cursor.at > at) {
      this.cursor = null
      this.waitsFor = null
      this.resumeAt = null
    }
  }

  /** The text is complete. */
  end(): void {
    this.waitsFor = null
    this.pair(null)
    this.dissolveFrom(-1)
  }

  private topBelow(at: number): Delimiter | null {
    let top = this.top
    while (top && top.at > at) top = top.previous
    return top
  }

  private pair(bracket: Boundary | null): void {
    if (this.waitsFor) return
    while (this.cursor) {
      const closer: Delimiter = this.cursor
      if (!closer.canClose) {
        this.cursor = closer.next
        continue
      }
      const boundary = innermostBefore(bracket, closer.at)
      const floor = this.floors[floorKey(closer)] ?? -1
      const opener = this.findOpener(closer, this.resumeAt ?? closer.previous, Math.max(floor, boundary?.at ?? -1))
      if (opener) {
        this.resumeAt = null
        this.cursor = this.join(opener, closer)
      } else if (boundary && this.reachesBelow(closer, boundary, floor)) {
        this.waitsFor = boundary
        return
      } else {
        this.resumeAt = null
        this.floors[floorKey(closer)] = closer.at
        this.cursor = closer.next
        if (!closer.canOpen) this.remove(closer)
      }
    }
  }

  /** The nearest opener for `closer` from `from` downwards and above `floor`; leaves `resumeAt` where it stopped. */
  private findOpener(closer: Delimiter, from: Delimiter | null, floor: number): Delimiter | null {
    let opener = from
    while (opener && opener.at >= floor) {
      // Whatever stands below would enclose this depth as well.
      if (opener.depth >= MAX_DEPTH) opener = null
      else if (canPair(opener, closer)) return opener
      else opener = opener.previous
    }
    this.resumeAt = opener
    return null
  }

  /** Whether there are delimiters below the boundary that the search was not yet allowed to look at. */
  private reachesBelow(closer: Delimiter, boundary: Boundary, floor: number): boolean {
    return (
      this.resumeAt !== null && this.resumeAt !== closer && this.resumeAt.at < boundary.at && this.resumeAt.at >= floor
    )
  }

  /** Makes emphasis of the two and answers the next closer to try. */
  private join(opener: Delimiter, closer: Delimiter): Delimiter | null {
    const used = opener.character === '~' ? closer.count : Math.min(opener.count, closer.count, 2)
    for (let between = closer.previous; between && between !== opener; between = closer.previous) this.remove(between)
    const isExpected =
      opener.optimistic && opener.count === closer.count && closer === this.top && opener === this.optimistic.at(-1)
    if (isExpected) this.confirm(opener, closer)
    else this.wrap(opener, closer, used)
    opener.count -= used
    closer.count -= used
    opener.depth += 1
    if (opener.count === 0) this.remove(opener)
    if (closer.count > 0) return closer
    this.remove(closer)
    return closer.next
  }

  private wrap(opener: Delimiter, closer: Delimiter, used: number): void {
    this.dissolveFrom(-1)
    const element = this.writer.element(elementName(opener.character, used))
    for (let node = opener.node.nextSibling; node && node !== closer.node; node = opener.node.nextSibling)
      element.appendChild(node)
    opener.node.parentNode?.insertBefore(element, closer.node)
    shorten(opener.node, used)
    shorten(closer.node, used)
  }

  private openOptimistically(delimiter: Delimiter): void {
    const { count, character } = delimiter
    if (count > 2 || this.optimistic.length === MAX_OPTIMISTIC || this.waitsFor) return
    const element = this.writer.element(elementName(character, count))
    delimiter.node.parentNode?.replaceChild(element, delimiter.node)
    delimiter.optimistic = element
    this.optimistic.push(delimiter)
    this.writer.target = element
  }

  private confirm(opener: Delimiter, closer: Delimiter): void {
    const element = opener.optimistic
    if (!element) return
    closer.node.remove()
    this.optimistic.pop()
    this.leave(element)
  }

  private dissolve(delimiter: Delimiter): void {
    const element = delimiter.optimistic
    if (!element) return
    this.optimistic.pop()
    delimiter.optimistic = null
    element.before(delimiter.node)
    while (element.firstChild) element.before(element.firstChild)
    this.leave(element)
  }

  private leave(element: Element): void {
    if (element.parentElement) this.writer.target = element.parentElement
    this.writer.endRun()
    if (!element.firstChild) element.remove()
  }

  private remove(delimiter: Delimiter): void {
    if (delimiter.optimistic && delimiter.count > 0) this.dissolveFrom(delimiter.at)
    if (delimiter.previous) {
      delimiter.previous.next = delimiter.next
      delimiter.previous.depth = Math.max(delimiter.previous.depth, delimiter.depth)
    }
    if (delimiter.next) delimiter.next.previous = delimiter.previous
    else this.top = delimiter.previous
  }

  private readRun(text: string, start: number, end: number, at: number): Delimiter | null {
    const character = text.charAt(start)
    const before = characterBefore(text, start)
    const after = characterAt(text, end)
    const count = end - start
    const opensLeft =
      !isUnicodeSpace(after) && (!isUnicodePunctuation(after) || isUnicodeSpace(before) || isUnicodePunctuation(before))
    const closesRight =
      !isUnicodeSpace(before) && (!isUnicodePunctuation(before) || isUnicodeSpace(after) || isUnicodePunctuation(after))
    const isWordwise = character === '_'
    const canOpen = opensLeft && (!isWordwise || !closesRight || isUnicodePunctuation(before))
    const canClose = closesRight && (!isWordwise || !opensLeft || isUnicodePunctuation(after))
    if ((!canOpen && !canClose) || (character === '~' && count > 2)) return null
    const node = this.writer.ownText(text.slice(start, end), at)
    return {
      character,
      count,
      length: count,
      canOpen,
      canClose,
      at,
      node,
      depth: 0,
      optimistic: null,
      previous: null,
      next: null,
    }
  }
}

/** The rule of three: a run that can both open and close pairs only when the lengths do not add up to a multiple of three. */
function canPair(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.character !== closer.character || !opener.canOpen) return false
  if (opener.character === '~') return opener.count === closer.count
  const isEither = closer.canOpen || opener.canClose
  return !isEither || closer.length % 3 === 0 || (opener.length + closer.length) % 3 !== 0
}

const floorKey = (closer: Delimiter): number =>
  CHARACTERS.indexOf(closer.character) * 6 + (closer.canOpen ? 3 : 0) + (closer.length % 3)

function innermostBefore(bracket: Boundary | null, at: number): Boundary | null {
  let boundary = bracket
  while (boundary && (boundary.at > at || !boundary.isActive)) boundary = boundary.previous
  return boundary
}

function elementName(character: string, used: number): 'del' | 'em' | 'strong' {
  if (character === '~') return 'del'
  return used === 2 ? 'strong' : 'em'
}

function shorten(node: Text, count: number): void {
  if (node.data.length > count) node.deleteData(0, count)
  else node.remove()
}
