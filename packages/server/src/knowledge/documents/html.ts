import { Parser } from 'htmlparser2'
import type { ReadFormat } from './section.js'
import { describeTable } from './table.js'
import { decodeText } from './text.js'

/** A page as Markdown: its headings, paragraphs, lists, tables and code. Scripts, styles and forms are left out. */
export const readHtml: ReadFormat = (bytes) => [{ text: htmlToMarkdown(decodeText(bytes)) }]

const LEFT_OUT = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'iframe',
  'object',
  'select',
  'textarea',
  'head',
  'title',
])
const BLOCKS = new Set(
  'p div section article main header footer nav aside ul ol dl dt dd blockquote figure figcaption form address hr details summary body'.split(
    ' ',
  ),
)

/** What a page says, as Markdown. Nothing in it is run or fetched; what is broken in it is read as browsers would. */
export function htmlToMarkdown(html: string): string {
  const blocks: string[] = []
  const tables: string[][][] = []
  let line = ''
  let skipping = 0
  let prefix = ''
  let code = 0

  const close = () => {
    const text = line.replace(/[ \t\n]+/g, ' ').trim()
    if (text) blocks.push(prefix + text)
    line = ''
    prefix = ''
  }
  const closeCode = () => {
    if (line.trim()) blocks.push(`\`\`\`\n${line.replace(/^\n|\n$/g, '')}\n\`\`\``)
    line = ''
  }
  const closeCell = () => {
    const row = tables.at(-1)?.at(-1)
    if (row && line.trim()) row.push(line.replace(/\s+/g, ' ').trim())
    else row?.push('')
    line = ''
  }

  const parser = new Parser({
    onopentag(name) {
      if (LEFT_OUT.has(name)) skipping++
      if (skipping > 0) return
      const heading = /^h([1-6])$/.exec(name)
      if (heading) {
        close()
        prefix = `${'#'.repeat(Number(heading[1]))} `
      } else if (name === 'pre') {
        close()
        code++
      } else if (name === 'table') {
        close()
        tables.push([])
      } else if (name === 'tr') tables.at(-1)?.push([])
      else if (name === 'td' || name === 'th') line = ''
      else if (name === 'li') {
        close()
        prefix = '- '
      } else if (name === 'br') line += code > 0 ? '\n' : ' '
      else if (BLOCKS.has(name) && tables.length === 0) close()
    },
    ontext(text) {
      if (skipping === 0) line += text
    },
    onclosetag(name) {
      if (LEFT_OUT.has(name)) skipping = Math.max(0, skipping - 1)
      if (skipping > 0) return
      if (name === 'pre' && code > 0) {
        code--
        closeCode()
      } else if ((name === 'td' || name === 'th') && tables.length > 0) closeCell()
      else if (name === 'table') {
        const rows = tables.pop()
        const text = rows && describeTable(rows)
        if (text) blocks.push(text)
      } else if (/^h[1-6]$/.test(name) || ((BLOCKS.has(name) || name === 'li') && tables.length === 0)) close()
    },
  })
  parser.write(html)
  parser.end()
  close()
  return blocks.join('\n\n')
}
