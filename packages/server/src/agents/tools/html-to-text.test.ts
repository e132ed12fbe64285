import { expect, it } from 'vitest'
import { htmlToText } from './html-to-text.js'

it('keeps what a page says: headings, lists, links, tables', () => {
  const page = `<!doctype html><html><head><title>Bees &amp; honey</title><style>p { color: red }</style></head>
    <body><nav><a href="/">Home</a></nav><h1>Bees</h1><p>They   live in
    <a href="https://hive.example/a?b=1&amp;c=2">hives</a>.</p><ul><li>queen<li>drone</ul>
    <script>document.write("<p>no</p>")</script><!-- <p>no</p> --><table><tr><td>1</td><td>2</td></tr></table>
    <p>&#8364;&#x41;&nbsp;&unknown; 1 < 2</p><footer>Imprint</footer></body></html>`

  expect(htmlToText(page)).toEqual({
    title: 'Bees & honey',
    text: [
      '# Bees',
      '',
      'They live in hives (https://hive.example/a?b=1&c=2).',
      '',
      '- queen',
      '- drone',
      '',
      '1 | 2 |',
      '',
      '€A &unknown; 1',
    ].join('\n'),
  })
})

it.each([
  ['unclosed tags', '<'.repeat(500_000)],
  ['unclosed comments', '<!--'.repeat(200_000)],
  ['unclosed scripts', '<script></script '.repeat(60_000)],
  ['entities', '&'.repeat(500_000)],
  ['links without an end', '<a href="https://'.repeat(60_000)],
  ['deep nesting', '<div>'.repeat(200_000)],
])('reads %s in one pass', (_, page) => {
  expect(htmlToText(`<p>start</p>${page}`).text).toMatch(/^start/)
})
