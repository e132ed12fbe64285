/**
 * Markdown (CommonMark and GFM) written straight into the page while it streams in.
 *
 *   const markdown = createMarkdownStream(container, { onDeepLink })
 *   markdown.push('Some **bo')
 *   markdown.push('ld** text')
 *   markdown.end()
 *
 * - Append only: `push` takes any piece of text and costs time for that piece alone. Finished blocks are never parsed
 *   again and their nodes never touched. The one exception: a `[reference]` whose definition only comes later becomes
 *   a link at `end()`.
 * - The open end is shown provisionally: emphasis and code spans are drawn when they open, a link appears when its
 *   target is complete, a table with its first two lines. After `end()` the page is the same for every way of
 *   cutting the text.
 * - Safe: only DOM nodes are made, never HTML strings. HTML in the text is shown as it was typed. Links lead to http,
 *   https and mailto, images are links unless allowed, and a link whose text names another host says where it leads.
 *
 * How it is put together: `block-parser` reads lines (`line-start` decides what a line is) and feeds the open leaf
 * (`paragraph`, `heading`, `code-block`, `math-block`, `table`); an `inline-leaf` feeds its `inline-parser`, which writes with
 * `inline-writer` and leaves emphasis to `delimiters` and links to `brackets`.
 *
 * Looks are up to the style sheet: `figure.md-code`, `.md-math`, `.md-copy`, `.md-table`, `.md-table-area`, `.md-image`, `.md-link-host`,
 * `.md-refused-link`, `[data-loose]` on lists (paragraphs of items always have their `<p>`).
 */
import '../styles/markdown.css'
import { Annotations, type MakeMarker } from './annotations.js'
import { BlockParser } from './block-parser.js'
import type { Copied, MarkdownContext, MarkdownText } from './context.js'
import { InlineLeaf } from './inline-leaf.js'
import { linkPolicy } from './link-policy.js'
import { References } from './references.js'

export interface MarkdownOptions {
  /** Words on screen; English unless given. */
  text?: MarkdownText
  /** Opens a `chatkit-link:` URL. Without it such links stay text. */
  onDeepLink?: (url: string) => void
  /** Whether an image may be loaded from this URL. Without it images are shown as links. */
  allowImage?: (url: string) => boolean
  /** Gets an allowed image in another way than by its URL: answers with what the browser may load instead. */
  loadImage?: (url: string) => Promise<string>
  /** Whether a single line end begins a new line. Default: it is a blank, as Markdown has it. */
  breaksLines?: boolean
  /** Level in the page's outline of the highest heading (`#`), 1 to 6; deeper ones follow. Default 1. */
  topHeading?: number
  /** Takes the code or table whose copy button is pressed, and answers whether it could. The clipboard unless given. */
  onCopy?: (content: Copied) => Promise<boolean>
  /** Called once for each code block, when it is complete. */
  onCodeBlockClosed?: (code: HTMLElement, language: string) => void
  /**
   * Called once for each formula, when it is complete; `element` shows its source. Whoever draws it keeps the text node
   * of the source in the element.
   */
  onMathClosed?: (element: HTMLElement, tex: string, isDisplay: boolean) => void
}

export interface MarkdownStream {
  /** Appends text, cut anywhere. */
  push(text: string): void
  /**
   * Puts a marker right behind the character at `index` of the source (UTF-16 units), now or when it has arrived.
   * Where there is no visible text it goes behind the text before, or to the end of the block; beyond the end of the
   * text to its end. Inside a link or code it goes behind that.
   */
  annotate(index: number, makeMarker: MakeMarker): void
  /** The text is complete. */
  end(): void
}

const ENGLISH: MarkdownText = {
  copy: 'Copy',
  copied: 'Copied',
  code: 'Code',
  diagram: 'Diagram',
  table: 'Table',
  done: 'Done',
}

/** Starts a text at the end of `container`. */
export function createMarkdownStream(container: HTMLElement, options: MarkdownOptions = {}): MarkdownStream {
  return startMarkdown(container, contextFor(container.ownerDocument, options))
}

/** Writes a whole text at the end of `container`. */
export function renderMarkdown(container: HTMLElement, text: string, options: MarkdownOptions = {}): MarkdownStream {
  const stream = createMarkdownStream(container, options)
  stream.push(text)
  stream.end()
  return stream
}

/** The parts put together, for any context. */
export function startMarkdown(container: HTMLElement, context: MarkdownContext): MarkdownStream {
  const blocks = new BlockParser(container, context)
  const annotations = new Annotations(container, context)
  let length = 0
  let isEnded = false
  const place = () => annotations.place(length, isEnded ? Number.POSITIVE_INFINITY : blocks.settled)
  return {
    push(text) {
      blocks.push(text)
      length += text.length
      place()
    },
    annotate(index, makeMarker) {
      annotations.add(index, makeMarker)
      place()
    },
    end() {
      if (isEnded) return
      isEnded = true
      blocks.end()
      for (const [index, block] of context.blocks.entries()) {
        if (!(block.place instanceof InlineLeaf) || !block.place.awaitsDefinition) continue
        block.place.rewrite()
        context.redrawn.push({ from: index === 0 ? 0 : block.start, to: context.blocks[index + 1]?.start ?? length })
      }
      place()
    },
  }
}

export function contextFor(document: Document, options: MarkdownOptions): MarkdownContext {
  const { text = ENGLISH, breaksLines = false, topHeading = 1, onCopy = copyToClipboard } = options
  const { onCodeBlockClosed, onMathClosed, onDeepLink, allowImage, loadImage } = options
  return {
    document,
    text,
    topHeading,
    onCopy,
    onCodeBlockClosed,
    onMathClosed,
    references: new References(),
    breaksLines,
    links: { policy: linkPolicy(onDeepLink !== undefined), onDeepLink, allowImage, loadImage },
    blocks: [],
    redrawn: [],
  }
}

async function copyToClipboard({ text }: Copied): Promise<boolean> {
  await navigator.clipboard.writeText(text)
  return true
}
