/** A piece of a document that makes sense on its own. */
export interface Passage {
  /** The document it is from. */
  document: KnowledgeDocument
  /** The headings it stands under, outermost first; without the document's own title. */
  headings: string[]
  text: string
  /** The page it is on, from 1, where the document has pages. */
  page?: number
  /** Words it is found by besides its own. */
  keywords?: string[]
}

/** A text the app knows: Markdown or plain. `url` is where people can read it, else its `filename` is named. */
export interface KnowledgeDocument {
  title: string
  text: string
  filename?: string
  url?: string
}

const LONGEST = 1_200
/** Code is only useful whole, up to here. */
const LONGEST_CODE = 8_000
/** Of a piece, so much is looked at for a place to cut it: the search for one takes the square of it at worst. */
const LOOKED_AT = 1_200

/** Cuts a document at its headings, and long sections between paragraphs. */
export const splitIntoPassages = (document: KnowledgeDocument): Passage[] =>
  splitSections([document], document.title).map((part) => ({ document, ...part }))

/**
 * Cuts the parts of a document, one after the other, at their headings, and long sections between paragraphs or, where
 * there are none, sentences. A heading holds until the next, also on the next page. A code block stays whole, and a `#`
 * inside it is no heading.
 *
 * One heading of the first depth names the whole document: it stands over what introduces it, and over no section.
 *
 * @param title Of the document: a heading that says the same is left out.
 */
export function splitSections(
  sections: { text: string; page?: number }[],
  title?: string,
): Omit<Passage, 'document'>[] {
  const passages: Omit<Passage, 'document'>[] = []
  const headings: string[] = []
  const parts = sections.map(({ text, page }) => ({ page, blocks: blocksOf(text) }))
  const namesAll = parts.flatMap(({ blocks }) => blocks.filter((block) => /^#\s/.test(block))).length === 1
  for (const { page, blocks: given } of parts) {
    let blocks: string[] = []
    const close = () => {
      const below = headings.slice(1).filter(Boolean)
      const over = [...(headings[0] && !(namesAll && below.length > 0) ? [headings[0]] : []), ...below]
      for (const packed of packBlocks(blocks))
        passages.push({ headings: over, text: packed, ...(page !== undefined && { page }) })
      blocks = []
    }
    for (const block of given) {
      const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(block)
      if (!heading) {
        blocks.push(...cutBlock(block))
        continue
      }
      close()
      const depth = heading[1]?.length ?? 1
      headings.length = depth - 1
      headings[depth - 1] = heading[2] === title ? '' : (heading[2] ?? '')
    }
    close()
  }
  return passages
}

/** A block of text or code in pieces that are not too long. */
const cutBlock = (block: string): string[] => cutText(block, /^\s*(```|~~~)/.test(block) ? LONGEST_CODE : LONGEST)

/**
 * A text in pieces that are not too long: cut behind a sentence, else a line, else a word, else anywhere.
 *
 * @param overlap How many characters of a piece, about, the next one says again.
 */
export function cutText(text: string, longest: number, overlap = 0): string[] {
  const pieces: string[] = []
  const again = Math.min(overlap, Math.floor(longest / 4)) // a piece is longer than that: the next one begins behind it
  let rest = text
  while (rest.length > longest) {
    const from = Math.max(0, longest - LOOKED_AT)
    const part = rest.slice(from, longest)
    const ends = [/[.!?…][)"'”’]?\s+(?=\S*$|[^.!?…]*$)|[。！？](?=[^。！？]*$)/u, /\n(?=[^\n]*$)/, /\s(?=\S*$)/]
    const found = ends.map((end) => end.exec(part)).find((match) => match && from + match.index > longest / 4)
    const end = found ? from + found.index + found[0].length : longest
    pieces.push(rest.slice(0, end).trim())
    const word = again > 0 ? rest.slice(end - again, end).search(/(?<=\s)\S/) : -1
    rest = rest.slice(word < 0 ? end : end - again + word)
  }
  return [...pieces, rest.trim()].filter(Boolean)
}

/** Paragraphs, headings and whole code blocks. */
function blocksOf(text: string): string[] {
  const blocks: string[] = []
  let lines: string[] = []
  let fence = ''
  const close = () => {
    if (lines.length > 0) blocks.push(lines.join('\n'))
    lines = []
  }
  for (const line of text.split(/\r?\n/)) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]
    if (fence) {
      lines.push(line)
      if (mark?.startsWith(fence)) fence = ''
    } else if (mark) {
      fence = mark
      lines.push(line)
    } else if (/^#{1,6}\s/.test(line)) {
      close()
      blocks.push(line)
    } else if (line.trim() === '') close()
    else lines.push(line)
  }
  close()
  return blocks
}

function packBlocks(blocks: string[]): string[] {
  const packed: string[] = []
  for (const block of blocks) {
    const last = packed.at(-1)
    if (last !== undefined && last.length + block.length < LONGEST) packed[packed.length - 1] = `${last}\n\n${block}`
    else packed.push(block)
  }
  return packed
}

/** A passage as a model reads it. */
export const textForModel = ({ headings, text }: { headings: string[]; text: string }): string =>
  [...headings, text].join('\n')
