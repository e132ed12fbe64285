/**
 * Decides what a line is from its start: which open containers it continues, which it opens, and what kind of leaf
 * follows. Works on the beginning of a line too: `'undecided'` until the rest of the line cannot change the answer.
 */
import { LineCursor } from './line-cursor.js'
import { MATH_END, type MathFence, readMathFence } from './math-fence.js'
import { parseTableDelimiter, splitRow, type TableAlignment } from './table-row.js'

export type ContainerStart =
  | { kind: 'quote' }
  | { kind: 'item'; marker: string; isOrdered: boolean; start: number; contentIndent: number }

/** A container as the next line sees it. */
export type OpenContainer =
  | { kind: 'quote' }
  | { kind: 'item'; contentIndent: number; hasChild: boolean; isEnded: boolean }

/** The open leaf as the next line sees it. */
interface OpenParagraph {
  kind: 'paragraph'
  lastLine(): string
  hasText(): boolean
  /** Whether a large formula began in it that has not ended. */
  hasOpenMath(): boolean
}

export type OpenLeaf =
  | OpenParagraph
  | { kind: 'math'; fence: MathFence }
  | { kind: 'fence'; character: string; length: number; indent: number }
  | { kind: 'indented' }
  | { kind: 'table' }
  | null

export type LeafStart =
  | {
      kind:
        | 'blank'
        | 'continue'
        | 'paragraph'
        | 'indented'
        | 'code'
        | 'rule'
        | 'row'
        | 'fenceEnd'
        | 'mathLine'
        | 'mathEnd'
    }
  | { kind: 'heading' | 'setext'; level: number }
  | { kind: 'fence'; character: string; length: number; indent: number; info: string }
  | { kind: 'table'; alignments: TableAlignment[] }
  | { kind: 'math'; fence: MathFence; isClosed: boolean }

export interface LineStart {
  /** How many open containers the line continues. */
  matched: number
  opens: ContainerStart[]
  leaf: LeafStart
  /** What belongs to the leaf, and where it starts in the line. */
  content: string
  contentOffset: number
}

/** Deeper quotes and lists stay text: browsers lay out nested elements recursively. */
const MAX_NESTING = 64
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/
const MAYBE_RULE = /^(?:[*][* \t]*|[_][_ \t]*|[-][- \t]*)$/
const SETEXT = /^(?:=+|-+)[ \t]*$/
const MAYBE_TABLE = /^[|:-][|:\- \t]*$/
const HEADING = /^#{1,6}(?=[ \t]|$)/
const BULLET = /^[*+-](?=[ \t]|$)/
const ORDERED = /^(\d{1,9})([.)])(?=[ \t]|$)/
const MAYBE_ORDERED = /^\d{1,9}[.)]?$/

type Decision<T> = T | 'undecided' | null

/** `isWhole`: the line ended; else only its beginning has arrived. */
export function readLineStart(
  line: string,
  isWhole: boolean,
  containers: readonly OpenContainer[],
  leaf: OpenLeaf,
): LineStart | 'undecided' {
  const cursor = new LineCursor(line)
  let matched = 0
  for (const container of containers) {
    if (cursor.isBlank && !isWhole) return 'undecided'
    if (!continuesContainer(container, cursor)) break
    matched++
  }
  if (cursor.isBlank && !isWhole) return 'undecided'
  const opens: ContainerStart[] = []
  const done = (start: LeafStart): LineStart => ({
    matched,
    opens,
    leaf: start,
    content: cursor.rest,
    contentOffset: cursor.offset,
  })

  const isInside = matched === containers.length
  if (isInside && leaf?.kind === 'fence') return readFencedLine(cursor, isWhole, leaf, done)
  if (isInside && leaf?.kind === 'math' && !cursor.isBlank) return readMathLine(cursor, isWhole, leaf.fence, done)
  if (isInside && leaf?.kind === 'indented' && (cursor.indent >= 4 || cursor.isBlank)) {
    cursor.skipColumns(4)
    return done({ kind: 'code' })
  }

  for (;;) {
    const isFresh = opens.length === 0
    const paragraph = isFresh && leaf?.kind === 'paragraph' ? leaf : null
    if (cursor.isBlank) return isWhole ? done({ kind: 'blank' }) : 'undecided'
    if (cursor.indent >= 4) {
      if (!paragraph) {
        cursor.skipColumns(4)
        return done({ kind: 'indented' })
      }
      break
    }
    const own = isInside ? paragraph : null
    const leafStart = readLeafStart(line.slice(cursor.nonspace), isWhole, cursor.indent, own)
    if (leafStart === 'undecided') return 'undecided'
    if (leafStart) {
      cursor.skipBlanks()
      if (leafStart.kind === 'heading') {
        cursor.skip(leafStart.level)
        cursor.skipBlanks()
      }
      return done(leafStart)
    }
    const container: Decision<ContainerStart> =
      matched + opens.length < MAX_NESTING ? readContainerStart(cursor, isWhole, own !== null) : null
    if (container === 'undecided') return 'undecided'
    if (!container) break
    opens.push(container)
  }
  cursor.skipBlanks()
  if (opens.length === 0 && leaf?.kind === 'paragraph') return done({ kind: 'continue' })
  if (opens.length === 0 && isInside && leaf?.kind === 'table') return isWhole ? done({ kind: 'row' }) : 'undecided'
  return done({ kind: 'paragraph' })
}

function continuesContainer(container: OpenContainer, cursor: LineCursor): boolean {
  if (container.kind === 'quote') return skipQuoteMarker(cursor)
  if (container.isEnded) return false
  if (cursor.isBlank) {
    cursor.skipBlanks()
    return container.hasChild
  }
  if (cursor.indent < container.contentIndent) return false
  cursor.skipColumns(container.contentIndent)
  return true
}

function skipQuoteMarker(cursor: LineCursor): boolean {
  if (cursor.indent >= 4 || cursor.line[cursor.nonspace] !== '>') return false
  cursor.skipBlanks()
  cursor.skip(1)
  cursor.skipColumns(1)
  return true
}

function readFencedLine(
  cursor: LineCursor,
  isWhole: boolean,
  fence: { character: string; length: number; indent: number },
  done: (start: LeafStart) => LineStart,
): LineStart | 'undecided' {
  const rest = cursor.line.slice(cursor.nonspace)
  const length = countRun(rest, fence.character)
  const isFenceSoFar = cursor.indent < 4 && rest.slice(length).trim() === ''
  if (isFenceSoFar && !isWhole) return 'undecided'
  if (isFenceSoFar && length >= fence.length) return done({ kind: 'fenceEnd' })
  cursor.skipColumns(fence.indent)
  return done({ kind: 'code' })
}

function readMathLine(
  cursor: LineCursor,
  isWhole: boolean,
  fence: MathFence,
  done: (start: LeafStart) => LineStart,
): LineStart | 'undecided' {
  if (!isWhole) return 'undecided'
  return done({ kind: cursor.line.trimEnd().endsWith(MATH_END[fence]) ? 'mathEnd' : 'mathLine' })
}

/** Leaves that are known by their first characters; `paragraph` is the open one that the line would continue. */
function readLeafStart(
  rest: string,
  isWhole: boolean,
  indent: number,
  paragraph: OpenParagraph | null,
): Decision<LeafStart> {
  const first = rest.charAt(0)
  if (first === '#') {
    if (!isWhole && /^#{1,6}[ \t]*$/.test(rest)) return 'undecided'
    const level = HEADING.exec(rest)?.[0].length
    return level ? { kind: 'heading', level } : null
  }
  if (first === '`' || first === '~') return readFence(rest, isWhole, indent)
  if (first === '$' || first === '\\') return paragraph?.hasOpenMath() ? null : readMathFence(rest, isWhole)
  if (paragraph && MAYBE_TABLE.test(rest)) {
    if (!isWhole) return 'undecided'
    const alignments = parseTableDelimiter(rest)
    if (alignments && splitRow(paragraph.lastLine()).length === alignments.length) return { kind: 'table', alignments }
  }
  if (paragraph && SETEXT.test(rest)) {
    if (!isWhole) return 'undecided'
    if (paragraph.hasText()) return { kind: 'setext', level: first === '=' ? 1 : 2 }
  }
  if (!isWhole && MAYBE_RULE.test(rest)) return 'undecided'
  return RULE.test(rest) ? { kind: 'rule' } : null
}

function readFence(rest: string, isWhole: boolean, indent: number): Decision<LeafStart> {
  const character = rest.charAt(0)
  const length = countRun(rest, character)
  if (length < 3) return length === rest.length && !isWhole ? 'undecided' : null
  const info = rest.slice(length)
  if (character === '`' && info.includes('`')) return null
  return isWhole ? { kind: 'fence', character, length, indent, info: info.trim() } : 'undecided'
}

function readContainerStart(
  cursor: LineCursor,
  isWhole: boolean,
  interruptsParagraph: boolean,
): Decision<ContainerStart> {
  if (skipQuoteMarker(cursor)) return { kind: 'quote' }
  const rest = cursor.line.slice(cursor.nonspace)
  if (!isWhole && MAYBE_ORDERED.test(rest)) return 'undecided'
  const ordered = ORDERED.exec(rest)
  const bullet = BULLET.exec(rest)
  const markerText = ordered?.[0] ?? bullet?.[0]
  if (markerText === undefined) return null
  const isEmpty = rest.slice(markerText.length).trim() === ''
  if (isEmpty && !isWhole) return 'undecided'
  const start = Number(ordered?.[1] ?? 1)
  if (interruptsParagraph && (isEmpty || start !== 1)) return null
  const markerIndent = cursor.indent
  cursor.skipBlanks()
  cursor.skip(markerText.length)
  const gap = cursor.indent
  const isPlainGap = gap >= 1 && gap <= 4 && !isEmpty
  cursor.skipColumns(isPlainGap ? gap : 1)
  const contentIndent = markerIndent + markerText.length + (isPlainGap ? gap : 1)
  return { kind: 'item', marker: ordered?.[2] ?? markerText, isOrdered: ordered !== null, start, contentIndent }
}

function countRun(text: string, character: string): number {
  let length = 0
  while (text[length] === character) length++
  return length
}
