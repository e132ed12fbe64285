/** The lines of a GFM table, as text. */

export type TableAlignment = 'left' | 'center' | 'right' | null

/** Source of one cell, blanks trimmed, and where it starts in the line. */
export interface TableCell {
  text: string
  offset: number
}

const DELIMITER_CELL = /^:?-+:?$/

/** The line under a table's header; null when it is none. */
export function parseTableDelimiter(line: string): TableAlignment[] | null {
  if (!/[|:]/.test(line)) return null
  const cells = splitRow(line)
  if (!cells.every(({ text }) => DELIMITER_CELL.test(text))) return null
  return cells.map(({ text }) => alignmentOf(text))
}

function alignmentOf(cell: string): TableAlignment {
  if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right'
  return cell.startsWith(':') ? 'left' : null
}

/** The cells of a row: split at each `|` that is not escaped, the outer ones optional. */
export function splitRow(line: string): TableCell[] {
  const cells: TableCell[] = []
  let start = leadingBlanks(line, 0)
  if (line[start] === '|') start++
  const end = line.trimEnd().length
  for (let at = start; at <= end; at++) {
    if (line[at] === '\\') at++
    else if (at === end || line[at] === '|') {
      if (at === end && start === end && cells.length > 0) break
      cells.push(cellAt(line, start, at))
      start = at + 1
    }
  }
  if (start < end) cells.push(cellAt(line, start, end))
  return cells
}

function cellAt(line: string, start: number, end: number): TableCell {
  const offset = Math.min(leadingBlanks(line, start), end)
  return { text: line.slice(offset, end).trimEnd(), offset }
}

function leadingBlanks(line: string, from: number): number {
  let at = from
  while (line[at] === ' ' || line[at] === '\t') at++
  return at
}
