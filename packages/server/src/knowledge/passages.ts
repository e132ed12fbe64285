/** A piece of a document that makes sense on its own. */
export interface Passage {
  /** The document it is from. */
  document: KnowledgeDocument
  /** The headings it stands under, outermost first; without the document's own title. */
  headings: string[]
  text: string
}

/** A text the app knows: Markdown or plain. `url` is where people can read it, else its `filename` is named. */
export interface KnowledgeDocument {
  title: string
  text: string
  filename?: string
  url?: string
}

const LONGEST = 1_200

/**
 * Cuts a document at its headings, and long sections between paragraphs. A code block stays whole, and a `#` inside it
 * is no heading.
 */
export function splitIntoPassages(document: KnowledgeDocument): Passage[] {
  const passages: Passage[] = []
  const headings: string[] = []
  let blocks: string[] = []
  const close = () => {
    for (const text of packBlocks(blocks)) passages.push({ document, headings: headings.filter(Boolean), text })
    blocks = []
  }
  for (const block of blocksOf(document.text)) {
    const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(block)
    if (!heading) {
      blocks.push(block)
      continue
    }
    close()
    const depth = heading[1]?.length ?? 1
    headings.length = depth - 1
    headings[depth - 1] = depth === 1 ? '' : (heading[2] ?? '')
  }
  close()
  return passages
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
