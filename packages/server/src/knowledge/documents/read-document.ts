import { readCsv } from './csv.js'
import { readDocx } from './docx.js'
import { readHtml } from './html.js'
import { readPdf } from './pdf.js'
import { DocumentError, type ReadFormat, type Section } from './section.js'
import { readText } from './text.js'
import { readXlsx } from './xlsx.js'

/** How each kind of document is read, by the ending of its name. */
const FORMATS: Record<string, ReadFormat> = {
  pdf: readPdf,
  docx: readDocx,
  xlsx: readXlsx,
  csv: readCsv,
  tsv: readCsv,
  html: readHtml,
  htm: readHtml,
  md: readText,
  markdown: readText,
  txt: readText,
  text: readText,
}

/** What is told to people who bring something else. */
const OTHERS: Record<string, string> = {
  doc: 'Old Word documents (.doc) cannot be read. Save it as .docx.',
  xls: 'Old Excel workbooks (.xls) cannot be read. Save it as .xlsx.',
}

/**
 * Reads a document as Markdown, by the ending of its name. Hostile files may use all the time and memory there is: call
 * it in a process of its own (`documentReader`).
 *
 * @throws {DocumentError} when its kind is not known, or it is damaged, locked, empty or too large
 */
export async function readDocument({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<Section[]> {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const read = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined
  if (!read)
    throw new DocumentError(
      OTHERS[ending] ?? `"${name}" cannot be read: bring a ${Object.keys(FORMATS).join(', ')} file.`,
    )
  const sections = (await read(bytes)).map((section) => ({
    ...section,
    text: section.text.replaceAll('\0', '').trim(),
  }))
  const filled = sections.filter(({ text }) => text !== '')
  if (filled.length === 0) throw new DocumentError('The document holds no text.')
  return filled
}
