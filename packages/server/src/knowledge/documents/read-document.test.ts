import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { pdfDocument, wordDocument, workbook, zipBomb } from './documents.fixture.js'
import { readDocument } from './read-document.js'

const textOf = async (name: string, bytes: Uint8Array | string) => {
  const sections = await readDocument({ name, bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes })
  return sections.map(({ text }) => text).join('\n---\n')
}

describe('a document is read as Markdown', () => {
  it('from Word: headings and paragraphs', async () => {
    const bytes = wordDocument(['# Returns', 'Thirty days.', 'Keep the box.', '# Shipping', 'Two days.'])

    expect(await textOf('Policy.DOCX', bytes)).toBe(
      '# Returns\n\nThirty days.\n\nKeep the box.\n\n# Shipping\n\nTwo days.',
    )
  })

  it('from Excel: a heading for each sheet, and rows that name their columns', async () => {
    const bytes = workbook('Prices', [
      ['Product', 'Price', 'Note'],
      ['Lamp', 39.5, ''],
      ['Chair', 120, 'oak'],
    ])

    expect(await textOf('prices.xlsx', bytes)).toBe(
      '## Prices\n\nProduct: Lamp; Price: 39.5\n\nProduct: Chair; Price: 120; Note: oak',
    )
  })

  it.each([
    ['a.csv', 'Name,City\nAda,"Paris, France"\n\nBob,Rome\n'],
    ['a.csv', '\ufeffName;City\r\nAda;Paris, France\r\nBob;Rome'],
    ['a.tsv', 'Name\tCity\nAda\tParis, France\nBob\tRome'],
  ])('from %s, whatever separates its values', async (name, text) => {
    expect(await textOf(name, text)).toBe('Name: Ada; City: Paris, France\n\nName: Bob; City: Rome')
  })

  it('from HTML: what a reader sees of it, and no script', async () => {
    const page = `<!doctype html><title>T</title><script>alert(1)</script><style>p{}</style>
      <h1>Hi &amp; welcome</h1><p>First <b>bold</b><br>line<p>Second<ul><li>one<li>two</ul>
      <table><tr><th>A<th>B<tr><td>1<td>2</table><pre>x = 1
  y = 2</pre><img src=x onerror=alert(1)><a href="javascript:alert(1)">link</a>`

    const text = await textOf('page.html', page)

    expect(text).toBe(
      '# Hi & welcome\n\nFirst bold line\n\nSecond\n\n- one\n\n- two\n\nA: 1; B: 2\n\n```\nx = 1\n  y = 2\n```\n\nlink',
    )
  })

  it('from PDF: page by page, with larger lines as headings and paragraphs made whole', async () => {
    const bytes = pdfDocument([
      [
        ['Returns', 24],
        ['You may send anything back with-', 11],
        ['in thirty days of buying it.', 11],
        ['Exceptions', 14],
        ['Food (fresh) stays.', 11],
      ],
      [['The second page.', 11]],
    ])

    expect(await readDocument({ name: 'policy.pdf', bytes })).toEqual([
      {
        page: 1,
        text: '## Returns\n\nYou may send anything back within thirty days of buying it.\n\n### Exceptions\n\nFood (fresh) stays.',
      },
      { page: 2, text: 'The second page.' },
    ])
  })

  it.each([
    ['UTF-8', strToU8('Zoë ok')],
    [
      'UTF-16',
      new Uint8Array([
        0xff,
        0xfe,
        ...new Uint8Array(new Uint16Array([...'Zoë ok'].map((c) => c.charCodeAt(0))).buffer),
      ]),
    ],
    ['Latin-1', new Uint8Array([0x5a, 0x6f, 0xeb, 0x20, 0x6f, 0x6b])],
  ])('from text in %s', async (_, bytes) => {
    expect(await textOf('a.txt', bytes)).toBe('Zoë ok')
  })
})

describe('a document that cannot be read says why, and what to do', () => {
  it.each([
    ['paper.doc', 'x', /Save it as \.docx/],
    ['sheet.xls', 'x', /Save it as \.xlsx/],
    ['film.mp4', 'x', /bring a pdf, docx/],
    ['constructor', 'x', /bring a pdf, docx/],
    ['empty.md', ' \n', /holds no text/],
    ['broken.docx', 'PK\u0003\u0004 not a zip', /damaged/],
    ['text.docx', 'just text', /damaged/],
    ['text.xlsx', 'just text', /damaged/],
    ['text.pdf', 'just text', /damaged/],
  ])('%s', async (name, text, words) => {
    await expect(textOf(name, text)).rejects.toThrow(words)
  })

  it('a PDF without text', async () => {
    await expect(textOf('scan.pdf', pdfDocument([[]]))).rejects.toThrow(/OCR/)
  })

  it('one that unpacks to more than anybody writes', async () => {
    const bytes = zipBomb(100)

    expect(bytes.length).toBeLessThan(1024 * 1024)
    await expect(textOf('bomb.docx', bytes)).rejects.toThrow(/unpacks to more than 64 MB/)
    await expect(textOf('bomb.xlsx', bytes)).rejects.toThrow(/unpacks to more than 64 MB/)
  })
})
