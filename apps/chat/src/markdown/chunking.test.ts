/** However a text is cut into pieces, the page is the same at the end. */

import { tests } from 'commonmark-spec'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMarkdownStream, type MarkdownOptions } from './stream.js'
import { testContainer, toHtml } from './test-page.js'

/** Bits whose combinations reach every rule of the parser. */
const BITS = [
  ...'*_~`[]()<>!|#-+=:."\'\\& \n\t\r',
  '**',
  '__',
  '~~',
  '***',
  '``',
  '```\n',
  '~~~js\n',
  '\n\n',
  '> ',
  '- ',
  '1. ',
  '2) ',
  '    ',
  '  \n',
  '\\\n',
  '# ',
  '\n===\n',
  '\n---\n',
  '***\n',
  '![',
  '](',
  '](u)',
  '](https://a.example "t")',
  '[x]',
  '[y][x]',
  '[x]: https://x.example\n',
  "\n[x]: <a b> 't'\n",
  '- [ ] ',
  '[x] ',
  '| a | b |\n',
  '|---|:-:|\n',
  '| --- |\n',
  '\\|',
  '&amp;',
  '&#35;',
  '&nope;',
  '<https://a.example>',
  '<b a="c">',
  '<!-- c -->',
  'https://b.example/a_b',
  'www.c.example',
  'me@d.example',
  'http',
  '://',
  'chatkit-link://go',
  'word',
  'x',
  'é',
  '😀',
  '中',
  '1',
  '$',
  '$$',
  '$$\n',
  '\\(',
  '\\)',
  '\\[',
  '\n\\[\n',
  '\\]',
  'x^2$ ',
]
const text = fc.array(fc.constantFrom(...BITS), { maxLength: 40 }).map((bits) => bits.join(''))

const options: MarkdownOptions = { onDeepLink: () => undefined, allowImage: (url) => url.includes('a.example') }

function render(pieces: string[]): string {
  const container = testContainer()
  const stream = createMarkdownStream(container, options)
  for (const piece of pieces) stream.push(piece)
  stream.end()
  return toHtml(container)
}

/** The page of a text that is still arriving. */
function show(pieces: string[]): string {
  const container = testContainer()
  const stream = createMarkdownStream(container, options)
  for (const piece of pieces) stream.push(piece)
  return toHtml(container)
}

it('random texts, random cuts', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(200), { maxLength: 12 }), (source, cuts) => {
      expect(render(cutAt(source, cuts))).toBe(render([source]))
    }),
    { numRuns: 3000 },
  )
}, 60_000)

it('random texts, one code unit at a time', () => {
  fc.assert(
    fc.property(text, (source) => {
      expect(render(source.split(''))).toBe(render([source]))
    }),
    { numRuns: 3000 },
  )
}, 60_000)

it('what is shown in the middle does not depend on the cuts either', () => {
  fc.assert(
    fc.property(text, (source) => {
      expect(show(source.split(''))).toBe(show([source]))
    }),
    { numRuns: 3000 },
  )
}, 60_000)

it('every example of CommonMark, one code unit at a time', () => {
  for (const { markdown, number } of tests)
    expect(`${number} ${render(markdown.split(''))}`).toBe(`${number} ${render([markdown])}`)
}, 60_000)

function cutAt(source: string, cuts: number[]): string[] {
  const places = [0, ...cuts.filter((cut) => cut < source.length).sort((a, b) => a - b), source.length]
  return places.slice(1).map((place, index) => source.slice(places[index], place))
}
