/**
 * A paragraph while it may still become something else. What could turn out to be a link definition, a task list
 * box or a table header is held back until it is known; everything else is written as it arrives.
 */

import type { MarkdownContext } from './context.js'
import { headingElement } from './heading-element.js'
import { InlineLeaf, type SourcePiece } from './inline-leaf.js'
import { parseDefinition } from './link-parts.js'

const TASK = /^\[([ xX])\][ \t]/
const MAYBE_TASK = /^\[(?:[ xX]\]?)?$/

export class Paragraph {
  readonly kind = 'paragraph'
  private readonly pieces: SourcePiece[] = []
  /** Index of the first piece of the last line. */
  private lineStart = 0
  private held: SourcePiece[] = []
  private mayBeTask: boolean
  private mayDefine = true
  private maybeHeader = false
  private leaf: InlineLeaf | null = null
  private box: Element | null = null

  /** `isItemStart`: it is the first block of a list item, which may be a task. */
  constructor(
    private readonly parent: Element,
    private readonly start: number,
    private readonly context: MarkdownContext,
    private readonly isItemStart: boolean,
  ) {
    this.mayBeTask = isItemStart
  }

  /** The source of the last line so far. */
  lastLine(): string {
    return textOf(this.pieces.slice(this.lineStart))
  }

  /** False as long as there are only link definitions. */
  hasText(): boolean {
    let rest = textOf(this.held)
    if (this.leaf || !this.mayDefine) return true
    for (
      let definition = parseDefinition(rest, 0, true);
      definition && definition !== 'more';
      definition = parseDefinition(rest, 0, true)
    ) {
      rest = rest.slice(definition.end)
    }
    return rest.trim() !== ''
  }

  /** Whether `$$` opened a formula in it that has not ended. */
  hasOpenMath(): boolean {
    return textOf(this.pieces).split('$$').length % 2 === 0
  }

  /** Source position of what is not in the page yet; null when there is nothing. */
  get heldFrom(): number | null {
    return this.held[0]?.from ?? null
  }

  startLine(text: string, from: number): void {
    this.maybeHeader = false
    this.release()
    if (this.pieces.length > 0) this.take({ text: '\n', from: from - 1 })
    this.lineStart = this.pieces.length
    this.maybeHeader = text.startsWith('|')
    this.append(text, from)
  }

  append(text: string, from: number): void {
    this.take({ text, from })
    if (this.mayDefine) this.readStart(false)
    this.release()
  }

  /** Ends the paragraph without its last line, which became a table's header, and answers that line. */
  endBeforeLastLine(): { text: string; from: number } {
    const header = { text: this.lastLine(), from: this.pieces[this.lineStart]?.from ?? this.start }
    const kept = this.pieces.slice(0, Math.max(0, this.lineStart - 1))
    this.discard()
    this.held = kept
    this.mayDefine = true
    this.mayBeTask = this.isItemStart
    if (kept.length > 0) this.end()
    return header
  }

  end(): void {
    if (this.mayDefine) this.readStart(true)
    this.maybeHeader = false
    this.mayDefine = false
    this.release()
    this.leaf?.end()
  }

  /** The underline of a setext heading was read. */
  endAsHeading(level: number): void {
    this.end()
    this.leaf?.moveTo(headingElement(level, this.context))
  }

  private take(piece: SourcePiece): void {
    if (piece.text === '') return
    this.pieces.push(piece)
    this.held.push(piece)
  }

  private release(): void {
    if (this.mayDefine || this.maybeHeader || this.held.length === 0) return
    const { held } = this
    this.held = []
    const leaf = this.open(held[0]?.from ?? this.start)
    for (const piece of held) leaf.append(piece)
  }

  private open(start: number): InlineLeaf {
    if (this.leaf) return this.leaf
    const element = this.context.document.createElement('p')
    if (this.box) element.appendChild(this.box)
    this.parent.appendChild(element)
    this.leaf = new InlineLeaf(element, start, this.context)
    this.context.blocks.push({ start, place: this.leaf })
    return this.leaf
  }

  /** Takes definitions and a task's box from the held start; stops holding when there can be no more. */
  private readStart(isWhole: boolean): void {
    let rest = textOf(this.held)
    if (this.mayBeTask) {
      if (MAYBE_TASK.test(rest) && !isWhole) return
      this.mayBeTask = false
      const state = TASK.exec(rest)?.[1]
      if (state !== undefined) {
        this.box = this.taskBox(state !== ' ')
        this.parent.setAttribute('data-task', '') // its box stands where other items have their marker
        this.drop(3)
        this.mayDefine = false
        return
      }
    }
    while (rest !== '') {
      const definition = parseDefinition(rest, 0, isWhole)
      if (definition === 'more') return
      if (!definition) {
        this.mayDefine = false
        return
      }
      this.context.references.define(definition.label, definition)
      const end = Math.min(definition.end, rest.length)
      this.drop(end)
      rest = rest.slice(end)
    }
  }

  private taskBox(isDone: boolean): Element {
    const box = this.context.document.createElement('input')
    box.setAttribute('type', 'checkbox')
    box.setAttribute('disabled', '')
    box.setAttribute('aria-label', this.context.text.done)
    if (isDone) box.setAttribute('checked', '')
    return box
  }

  private drop(count: number): void {
    let left = count
    while (left > 0) {
      const [first] = this.held
      if (!first) return
      const used = Math.min(left, first.text.length)
      if (used === first.text.length) this.held.shift()
      else this.held[0] = { text: first.text.slice(used), from: first.from + used }
      left -= used
    }
  }

  private discard(): void {
    this.held = []
    if (!this.leaf) return
    this.leaf.element.remove()
    const from = this.context.blocks.pop()?.start ?? 0
    this.context.redrawn.push({ from: this.context.blocks.length === 0 ? 0 : from, to: Number.POSITIVE_INFINITY })
    this.leaf = null
  }
}

const textOf = (pieces: readonly SourcePiece[]): string => pieces.map(({ text }) => text).join('')
