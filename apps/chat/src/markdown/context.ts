import type { InlineContext } from './inline-context.js'
import type { InlineLeaf } from './inline-leaf.js'

/** Words on screen, in the reader's language. */
export interface MarkdownText {
  copy: string
  /** What the copy button says when it has. */
  copied: string
  /** Names the code of a block without language. */
  code: string
  /** Names what is drawn from a code block, and the button that shows it again. */
  diagram: string
  /** Names the scroll area of a table for screen readers. */
  table: string
  /** Names the box of a task, ticked or not. */
  done: string
}

/** Where a part of the text ended up: inline content, or the element of a block without any (code, a rule). */
export interface SourceBlock {
  start: number
  place: InlineLeaf | Element
}

/** What a copy button takes: plain text, and for programs that can read it the same as HTML. */
export interface Copied {
  text: string
  html?: string
}

/** What all blocks of one text share. */
export interface MarkdownContext extends InlineContext {
  document: Document
  text: MarkdownText
  /** Level in the outline of the highest heading, 1 to 6. */
  topHeading: number
  /** Answers whether it could. */
  onCopy: (content: Copied) => Promise<boolean>
  onCodeBlockClosed?: (code: HTMLElement, language: string) => void
  /** In the order of the source. */
  blocks: SourceBlock[]
  /** Parts of the source (`to` not included) that were drawn anew, so that markers in them are gone. */
  redrawn: { from: number; to: number }[]
}
