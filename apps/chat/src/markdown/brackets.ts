/** Links and images in brackets: `[text](target)`, `[text][label]`, `[label]`, and the same with `!`. */
import type { Boundary, DelimiterStack } from './delimiters.js'
import type { Hold, InlineContext } from './inline-context.js'
import type { InlineWriter } from './inline-writer.js'
import { imageAround, linkAround, withoutLink } from './link-elements.js'
import { normalizeLabel, parseInlineTarget, parseLabel, type Target } from './link-parts.js'

interface Bracket extends Boundary {
  isImage: boolean
  node: Text
  /** Whether a bracket was opened inside: its text is then no label. */
  hasInner: boolean
  /** Length of the image links there were when it was opened. */
  imageLinks: number
  previous: Bracket | null
}

const UNTIL_TARGET: Hold = { show: 'nothing', wake: /[\s()<>"'\\]/, isBounded: true }
const UNTIL_LABEL: Hold = { show: 'nothing', wake: /[[\]\\]/, isBounded: true }
const SHORTLY: Hold = { show: 'nothing', wake: null }

export class Brackets {
  top: Bracket | null = null
  /** Labels that had no definition yet; a later definition makes links of them. */
  readonly missingLabels = new Set<string>()
  /** Images shown as links, in order; they become text when a link forms around them. */
  private imageLinks: Element[] = []
  private openLinks = 0

  constructor(
    private readonly writer: InlineWriter,
    private readonly delimiters: DelimiterStack,
    private readonly context: InlineContext,
  ) {}

  /** Whether a bracket is open that may still become a link; bare URLs inside of it stay text. */
  get hasActive(): boolean {
    return this.openLinks > 0
  }

  /** Where the outermost bracket stands that may still become a link or image. */
  get openSince(): number {
    let since = Number.POSITIVE_INFINITY
    for (let bracket = this.top; bracket; bracket = bracket.previous) if (bracket.isActive) since = bracket.at
    return since
  }

  open(text: '[' | '![', at: number): void {
    const node = this.writer.ownText(text, at)
    this.writer.node(node)
    if (this.top) this.top.hasInner = true
    const isImage = text === '!['
    if (!isImage) this.openLinks++
    this.top = {
      at,
      node,
      isImage,
      isActive: true,
      hasInner: false,
      imageLinks: this.imageLinks.length,
      previous: this.top,
    }
  }

  /** Reads the `]` at `position`: answers where to go on (the same position: it is plain text) or to wait. */
  close(text: string, position: number, base: number, isFinal: boolean): number | Hold {
    const bracket = this.top
    if (!bracket) return position
    if (!bracket.isActive) return this.pop(bracket, position)
    const after = position + 1
    if (after === text.length && !isFinal) return SHORTLY
    const inline = text[after] === '(' ? parseInlineTarget(text, after) : null
    if (inline === 'more' && !isFinal) return UNTIL_TARGET.wake?.test(text.slice(-1)) ? SHORTLY : UNTIL_TARGET
    if (inline && inline !== 'more') return this.complete(bracket, inline, inline.end)
    return this.closeReference(bracket, text, position, base, isFinal)
  }

  private closeReference(
    bracket: Bracket,
    text: string,
    position: number,
    base: number,
    isFinal: boolean,
  ): number | Hold {
    const after = position + 1
    const isCollapsed = text.startsWith('[]', after)
    const full = text[after] === '[' && !isCollapsed ? parseLabel(text, after) : null
    const mayBeCollapsed = text[after] === '[' && after + 1 === text.length
    if ((full === 'more' || mayBeCollapsed) && !isFinal) return UNTIL_LABEL
    if (full && full !== 'more') return this.lookUp(bracket, full.value, full.end, position)
    const labelStart = bracket.at - base + (bracket.isImage ? 1 : 0)
    const own = !bracket.hasInner && labelStart >= 0 ? parseLabel(text.slice(labelStart, after), 0) : null
    if (!own || own === 'more') return this.pop(bracket, position)
    return this.lookUp(bracket, own.value, isCollapsed ? after + 2 : after, position)
  }

  private lookUp(bracket: Bracket, label: string, end: number, position: number): number {
    const target = this.context.references.find(label)
    if (target) return this.complete(bracket, target, end)
    this.missingLabels.add(normalizeLabel(label))
    return this.pop(bracket, position)
  }

  private complete(bracket: Bracket, target: Target, end: number): number {
    this.delimiters.settleInside(bracket.at)
    this.writer.endRun()
    if (bracket.isImage) {
      this.imageLinks.push(imageAround(bracket.node, target, this.context.links))
    } else {
      for (const link of this.imageLinks.splice(bracket.imageLinks))
        if (link.nodeName.toLowerCase() === 'a') withoutLink(link)
      linkAround(bracket.node, target, this.context.links)
      this.deactivateAround(bracket)
    }
    return this.pop(bracket, end)
  }

  /** Links do not contain links: the brackets around this one can no longer become any. */
  private deactivateAround(bracket: Bracket): void {
    for (let outer = bracket.previous; outer; outer = outer.previous) {
      if (outer.isImage) continue
      if (!outer.isActive) break
      outer.isActive = false
      this.openLinks--
    }
  }

  private pop(bracket: Bracket, next: number): number {
    if (bracket.isActive && !bracket.isImage) this.openLinks--
    this.top = bracket.previous
    this.delimiters.bracketResolved(this.top)
    return next
  }
}
