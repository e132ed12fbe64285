import { type GraphEdge, readLabel } from './graph.js'

export type Link = Omit<GraphEdge, 'from' | 'to'>

/** `-->`, `---`, `==>`, `-.->`, `<-->`, `~~~`: the line is complete, a label may follow between bars. */
const PLAIN = /^(<?)(?:(-{2,}[>xo]|-{3,})|(={2,}[>xo]|={3,})|(-\.+-[>xo]?)|(~{3,}))\s*(?:\|([^|]*)\|)?/
/** `-- words -->`, `== words ==>`, `-. words .->`. */
const LABELLED = /^(<?)(?:--\s*([^-|>].*?)\s*(-{2,}[>xo]?)|==\s*([^=|>].*?)\s*(={2,}[>xo]?)|-\.\s*(.+?)\s*(\.+-[>xo]?))/

/** The link at the start of a text, and what stands behind it; null where there is none. */
export function parseLink(text: string): { link: Link; rest: string } | null {
  const plain = PLAIN.exec(text)
  if (plain) {
    const [all, tail, solid, thick, dotted, unseen, label = ''] = plain
    const body = solid ?? thick ?? dotted ?? ''
    const line = unseen ? 'unseen' : dotted ? 'dotted' : thick ? 'thick' : 'solid'
    return { link: linkOf(line, label, body, tail), rest: text.slice(all.length) }
  }
  const labelled = LABELLED.exec(text)
  if (!labelled) return null
  const [all, tail, words, solid, thickWords, thick, dottedWords, dotted] = labelled
  const line = solid ? 'solid' : thick ? 'thick' : 'dotted'
  const label = words ?? thickWords ?? dottedWords ?? ''
  return { link: linkOf(line, label, solid ?? thick ?? dotted ?? '', tail), rest: text.slice(all.length) }
}

function linkOf(line: Link['line'], label: string, body: string, tail: string | undefined): Link {
  return { line, label: readLabel(label), hasHead: /[>xo]$/.test(body), hasTail: tail === '<' }
}
