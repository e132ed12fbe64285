import readSheets from 'read-excel-file/node'
import { checkArchive } from './archive.js'
import { DocumentError, type ReadFormat } from './section.js'
import { describeTable } from './table.js'

/** An Excel workbook: each sheet under a heading of its name, row by row. Formulas are read as what they last showed. */
export const readXlsx: ReadFormat = async (bytes) => {
  checkArchive(bytes, 'workbook')
  const sheets = await readSheets(Buffer.from(bytes)).catch(() => {
    throw new DocumentError('The workbook is damaged: open it in Excel and save it again as .xlsx.')
  })
  return sheets.map(({ sheet, data }) => ({
    text: `## ${sheet}\n\n${describeTable(data.map((row) => row.map(describeCell)))}`,
  }))
}

/** Dates without a time of day are days. */
function describeCell(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '')
  return String(cell)
}
