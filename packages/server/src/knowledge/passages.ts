/** A piece of a document that makes sense on its own. */
export interface Passage {
  /** The document it is from. */
  document: KnowledgeDocument
  /** The headings it stands under, outermost first; without the document's own title. */
  headings: string[]
  text: string
  /** The page it is on, from 1, where the document has pages. */
  page?: number
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

/** Cuts a document at its headings, and long sections between paragraphs. */
export const splitIntoPassages = (document: KnowledgeDocument): Passage[] =>
  splitSections([document]).map((part) => ({ document, ...part }))

/**
 * Cuts the parts of a document, one after the other, at their headings, and long sections between paragraphs or, where
 * there are none, sentences. A heading holds until the next, also on the next page. A code block stays whole, and a `#`
 * inside it is no heading.
 */
export function splitSections(sections: { text: string; page?: number }[]): Omit<Passage, 'document'>[] {
  const passages: Omit<Passage, 'document'>[] = []
  const headings: string[] = []
  for (const { text, page } of sections) {
    let blocks: string[] = []
    const close = () => {
      for (const packed of packBlocks(blocks))
        passages.push({ headings: headings.filter(Boolean), text: packed, ...(page !== undefined && { page }) })
      blocks = []
    }
    for (const block of blocksOf(text)) {
      const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(block)
      if (!heading) {
        blocks.push(...cutBlock(block))
        continue
      }
      close()
      const depth = heading[1]?.length ?? 1
      headings.length = depth - 1
      headings[depth - 1] = depth === 1 ? '' : (heading[2] ?? '')
    }
    close()
  }
  return passages
}

/** A block in pieces that are not too long: cut behind a sentence, else a line, else a word, else anywhere. */
function cutBlock(block: string): string[] {
  const longest = /^\s*(```|~~~)/.test(block) ? LONGEST_CODE : LONGEST
  const pieces: string[] = []
  let rest = block
  while (rest.length > longest) {
    const part = rest.slice(0, longest)
    const ends = [/[.!?…][)"'”’]?\s+(?=\S*$|[^.!?…]*$)|[。！？](?=[^。！？]*$)/u, /\n(?=[^\n]*$)/, /\s(?=\S*$)/]
    const found = ends.map((end) => end.exec(part)).find((match) => match && match.index > longest / 4)
    const end = found ? found.index + found[0].length : longest
    pieces.push(rest.slice(0, end).trim())
    rest = rest.slice(end)
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
