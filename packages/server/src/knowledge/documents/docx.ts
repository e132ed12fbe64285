import mammoth from 'mammoth'
import { checkArchive } from './archive.js'
import { htmlToMarkdown } from './html.js'
import { DocumentError, type ReadFormat } from './section.js'

/** A Word document: headings, paragraphs, lists and tables. Pictures are left out. */
export const readDocx: ReadFormat = async (bytes) => {
  checkArchive(bytes, 'Word document')
  try {
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { convertImage, externalFileAccess: false, styleMap: ["p[style-name='Title'] => h1:fresh"] },
    )
    return [{ text: htmlToMarkdown(value) }]
  } catch {
    throw new DocumentError('The Word document is damaged: open it in Word and save it again.')
  }
}
