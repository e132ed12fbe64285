import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMarkdownStream } from './stream.js'
import { testContainer, toHtml } from './test-page.js'

/** The text with markers at the indices; `when`: added before the text, after it, or after the end. */
function marked(text: string, indices: number[], when: 'before' | 'after' | 'end' = 'after'): string {
  const container = testContainer()
  const stream = createMarkdownStream(container)
  const annotate = () => {
    for (const [number, index] of indices.entries()) stream.annotate(index, () => marker(container, number + 1))
  }
  if (when === 'before') annotate()
  for (const piece of text.match(/[\s\S]{1,3}/g) ?? []) stream.push(piece)
  if (when === 'after') annotate()
  stream.end()
  if (when === 'end') annotate()
  return toHtml(container)
}

function marker(container: HTMLElement, number: number): Node {
  const element = container.ownerDocument.createElement('sup')
  element.textContent = String(number)
  return element
}

const after = (text: string, end: string) => text.indexOf(end) + end.length - 1

it.each(['before', 'after', 'end'] as const)('puts markers behind the character, %s the text', (when) => {
  const text = 'One fact. Two *facts* here.\n\nThe end.'
  expect(marked(text, [after(text, 'fact.'), after(text, '*fac'), after(text, 'The')], when)).toBe(
    '<p>One fact.<sup>1</sup> Two <em>fac<sup>2</sup>ts</em> here.</p><p>The<sup>3</sup> end.</p>',
  )
})

it('splits a word more than once, in any order', () => {
  expect(marked('abcdef', [4, 1, 2])).toBe('<p>ab<sup>2</sup>c<sup>3</sup>de<sup>1</sup>f</p>')
})

it('keeps markers at one place in the order in which they came', () => {
  expect(marked('ab', [1, 1])).toBe('<p>ab<sup>1</sup><sup>2</sup></p>')
})

it('goes on writing behind a marker', () => {
  const container = testContainer()
  const stream = createMarkdownStream(container)
  stream.push('one two')
  stream.annotate(6, () => marker(container, 1))
  stream.push(' three **fo')
  stream.annotate(12, () => marker(container, 2))
  stream.push('ur**')
  stream.end()
  expect(toHtml(container)).toBe('<p>one two<sup>1</sup> three<sup>2</sup> <strong>four</strong></p>')
})

it('clamps an index beyond the text to its end', () => {
  for (const when of ['before', 'after', 'end'] as const)
    expect(marked('one\n\ntwo', [99], when)).toBe('<p>one</p><p>two<sup>1</sup></p>')
})

it('counts escapes, entities, quote markers and line breaks as they stand in the source', () => {
  const text = '> a \\* b &amp; c\n> d e'
  expect(marked(text, [after(text, '\\*'), after(text, '&amp;'), after(text, 'd')])).toBe(
    '<blockquote><p>a *<sup>1</sup> b &amp;<sup>2</sup> c\nd<sup>3</sup> e</p></blockquote>',
  )
})

it('stays out of links and code', () => {
  const text = 'a `co de` b [li nk](https://a.example) c'
  expect(marked(text, [after(text, '`co'), after(text, '[li')]).replace(/<a [^>]*>/, '<a>')).toBe(
    '<p>a <code>co de</code><sup>1</sup> b <a>li nk</a><sup>2</sup> c</p>',
  )
})

it('puts a marker on invisible text behind what is visible before it', () => {
  const text = '**bold** [x](https://a.example) y'
  expect(marked(text, [after(text, 'bold**'), after(text, 'example)')]).replace(/<a [^>]*>/, '<a>')).toBe(
    '<p><strong>bold<sup>1</sup></strong> <a>x</a><sup>2</sup> y</p>',
  )
})

it('marks cells, list items and code blocks', () => {
  const text = '| a | b |\n| - | - |\n| c d | e |\n\n- one\n- two\n\n```\ncode\n```\n'
  const page = marked(text, [after(text, '| c'), after(text, 'two'), after(text, 'code')])
  expect(page).toContain('<td>c<sup>1</sup> d</td>')
  expect(page).toContain('<p>two<sup>2</sup></p>')
  expect(page).toContain('</pre><sup>3</sup></figure>')
})

it('never splits a character of two code units', () => {
  expect(marked('a😀b', [1])).toBe('<p>a😀<sup>1</sup>b</p>')
})

it('survives a reference that is defined later', () => {
  const text = 'See [docs] now.\n\n[docs]: https://a.example'
  expect(marked(text, [after(text, 'now')]).replace(/<a [^>]*>/, '<a>')).toBe('<p>See <a>docs</a> now<sup>1</sup>.</p>')
})

const BITS = [
  'word ',
  'x',
  ' ',
  '*',
  '**',
  '_',
  '`',
  '[',
  '](https://a.example)',
  ']',
  '\n',
  '\n\n',
  '- ',
  '> ',
  '~~',
  '&amp;',
  '\\*',
  '😀',
  '| a | b |\n| - | - |\n',
  '[r]: https://b.example\n',
  '[r]',
  '<b>',
]
const sourceAndIndex = fc
  .tuple(
    fc.array(fc.constantFrom(...BITS), { minLength: 1, maxLength: 30 }),
    fc.array(fc.nat(80), { minLength: 1, maxLength: 4 }),
  )
  .map(([bits, indices]) => [bits.join(''), indices] as const)

it('changes nothing but the markers, whenever they come', () => {
  fc.assert(
    fc.property(sourceAndIndex, fc.constantFrom('before', 'after', 'end'), ([text, indices], when) => {
      const page = marked(text, indices, when)
      expect(page.match(/<sup>/g)).toHaveLength(indices.length)
      expect(page.replace(/<sup>\d<\/sup>/g, '')).toBe(marked(text, []))
      expect(page).not.toMatch(/<(?:a|code)\b[^>]*>[^<]*<sup>/)
    }),
    { numRuns: 2000 },
  )
}, 60_000)

it('finds the same place in the text whenever it comes', () => {
  const place = (page: string) => page.replace(/<(?!\/?sup)[^>]*>/g, '')
  fc.assert(
    fc.property(sourceAndIndex, ([text, [index = 0]]) => {
      expect(place(marked(text, [index], 'before'))).toBe(place(marked(text, [index], 'end')))
    }),
    { numRuns: 2000 },
  )
}, 60_000)
