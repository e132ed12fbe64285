/** What stands before the last block is finished: later text neither changes nor replaces it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMarkdownStream } from './stream.js'
import { testContainer, toHtml } from './test-page.js'

const BITS = [
  ...[
    'word ',
    '**',
    '*',
    '`',
    '[a](https://a.example)',
    '[',
    '~~',
    '\n',
    '\n\n',
    '# ',
    '> ',
    '- ',
    '1. ',
    '    ',
    '```\n',
    '---\n',
  ],
  ...[
    '===\n',
    '| a | b |\n',
    '| - | - |\n',
    'https://b.example ',
    '<b>',
    '&amp;',
    '\\',
    '😀',
    '$',
    '$$\n',
    '\\(x\\)',
    '\\[\n',
    '\\]',
  ],
]

it('keeps every block but the last as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...BITS), { maxLength: 40 }), (bits) => {
      const container = testContainer()
      const stream = createMarkdownStream(container)
      const finished = new Map<Element, string>()
      for (const bit of bits) {
        stream.push(bit)
        for (const block of Array.from(container.children).slice(0, -1)) {
          if (!finished.has(block)) finished.set(block, toHtml(block))
        }
      }
      stream.end()
      for (const [block, html] of finished) {
        expect(block.parentNode).toBe(container)
        expect(toHtml(block)).toBe(html)
      }
    }),
    { numRuns: 3000 },
  )
}, 60_000)
