import { getDocumentProxy } from 'unpdf'
import { DocumentError, type ReadFormat, type Section } from './section.js'

/** A line of a page and how tall its letters are. */
interface Line {
  text: string
  height: number
  /** Whether there is more room above it than between the lines of a paragraph. */
  apart: boolean
}

/** Letters this much taller than those of the text make a heading. */
const HEADING_SCALE = 1.15
const LONGEST_HEADING = 150
const MOST_PAGES = 5_000

/** A PDF page by page. It knows no headings, so short lines in larger letters are taken for them. */
export const readPdf: ReadFormat = async (bytes) => {
  const pdf = await openPdf(bytes)
  if (pdf.numPages > MOST_PAGES)
    throw new DocumentError(`The PDF has ${pdf.numPages} pages; at most ${MOST_PAGES} are read. Split it.`)
  const pages: Line[][] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(linesOf(items.flatMap((item) => ('str' in item ? [item] : []))))
    page.cleanup()
  }
  const normal = usualHeight(pages.flat())
  const sections = pages.map((lines, index): Section => ({ page: index + 1, text: toMarkdown(lines, normal) }))
  if (sections.every(({ text }) => text === ''))
    throw new DocumentError('The PDF holds no text, only pictures of it. Run it through text recognition (OCR) first.')
  return sections.filter(({ text }) => text !== '')
}

async function openPdf(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
    })
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'PasswordException')
      throw new DocumentError('The PDF is locked with a password. Save it without one.')
    throw new DocumentError('The PDF is damaged, or it is not one: open it and save it again.')
  }
}

interface Piece {
  str: string
  transform: number[]
  height: number
  hasEOL: boolean
}

/** Pieces of text in the order of the page, joined where they stand on one line. */
function linesOf(pieces: Piece[]): Line[] {
  const lines: (Line & { y: number })[] = []
  let open: { text: string; height: number; y: number } | undefined
  const close = () => {
    if (open?.text.trim()) {
      const before = lines.at(-1)
      const gap = before ? Math.abs(before.y - open.y) : Number.POSITIVE_INFINITY
      const apart = !before || gap > 1.6 * Math.max(open.height, 1) || open.height !== before.height
      lines.push({ text: open.text.replace(/\s+/g, ' ').trim(), height: open.height, y: open.y, apart })
    }
    open = undefined
  }
  for (const { str, transform, height, hasEOL } of pieces) {
    const y = transform[5] ?? 0
    if (open && Math.abs(open.y - y) > Math.max(open.height, height) / 2) close()
    if (open) {
      open.text += str
      open.height = Math.max(open.height, height)
    } else open = { text: str, height, y }
    if (hasEOL) close()
  }
  close()
  return lines
}

/** The height most letters have. */
function usualHeight(lines: Line[]): number {
  const letters = new Map<number, number>()
  for (const { text, height } of lines) {
    const rounded = Math.round(height * 2) / 2
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length)
  }
  return [...letters].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0])[0]
}

function toMarkdown(lines: Line[], normal: number): string {
  const blocks: string[] = []
  let paragraph = ''
  const close = () => {
    if (paragraph) blocks.push(paragraph)
    paragraph = ''
  }
  for (const { text, height, apart } of lines) {
    if (normal > 0 && height > normal * HEADING_SCALE && text.length <= LONGEST_HEADING) {
      close()
      blocks.push(`${height > normal * 1.6 ? '##' : '###'} ${text}`)
      continue
    }
    if (apart) close()
    paragraph = joinLines(paragraph, text)
  }
  close()
  return blocks.join('\n\n')
}

/** A word cut at the end of a line is made whole again. */
function joinLines(before: string, next: string): string {
  if (before === '') return next
  return /\p{L}-$/u.test(before) && /^\p{Ll}/u.test(next) ? before.slice(0, -1) + next : `${before} ${next}`
}
