import { parse } from 'csv-parse/sync'
import { DocumentError, type ReadFormat } from './section.js'
import { describeTable } from './table.js'
import { decodeText } from './text.js'

/** Values separated by commas, semicolons or tabs, whichever its first lines use most. */
export const readCsv: ReadFormat = (bytes) => {
  const text = decodeText(bytes)
  try {
    const rows: string[][] = parse(text, {
      delimiter: delimiterOf(text),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    })
    return [{ text: describeTable(rows) }]
  } catch (thrown) {
    throw new DocumentError(`The table cannot be read: ${thrown instanceof Error ? thrown.message : 'unknown error'}.`)
  }
}

function delimiterOf(text: string): string {
  const head = text.slice(0, 4096)
  const count = (delimiter: string) => head.split(delimiter).length
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}
