import { expect, it } from 'vitest'
import { decodeEscapes, normalizeLabel, parseDefinition, parseInlineTarget, parseLabel } from './link-parts.js'

it('reads the target behind a link text', () => {
  expect(parseInlineTarget('(/u "t") x', 0)).toEqual({ destination: '/u', title: 't', end: 8 })
  expect(parseInlineTarget('()', 0)).toEqual({ destination: '', title: '', end: 2 })
  expect(parseInlineTarget("(<a b> 'it\\'s')", 0)).toEqual({ destination: 'a b', title: "it's", end: 15 })
  expect(parseInlineTarget('(a(b)c)', 0)).toEqual({ destination: 'a(b)c', title: '', end: 7 })
})

it.each(['(', '(a', '(a(b)', '(<a', '(a ', '(a "t', '(a "t"'])('waits for the rest of %s', (text) => {
  expect(parseInlineTarget(text, 0)).toBe('more')
})

it.each(['(a b)', '(<a\nb>)', '(a "t" x)', '(a(b c)'])('finds no target in %j', (text) => {
  expect(parseInlineTarget(text, 0)).toBeNull()
})

it('gives up targets that are too long to wait for', () => {
  expect(parseInlineTarget(`(${'a'.repeat(1990)})`, 0)).not.toBeNull()
  expect(parseInlineTarget(`(${'a'.repeat(3000)})`, 0)).toBeNull()
  expect(parseInlineTarget(`(${'a'.repeat(3000)}`, 0)).toBeNull()
})

it('reads labels, which are the same in any case and spacing', () => {
  expect(parseLabel('[a \\] b] c', 0)).toEqual({ value: 'a \\] b', end: 8 })
  expect(parseLabel('[ ]', 0)).toBeNull()
  expect(parseLabel('[a [b]]', 0)).toBeNull()
  expect(parseLabel(`[${'a'.repeat(1000)}]`, 0)).toBeNull()
  expect(normalizeLabel(' ẞ\n  x ')).toBe(normalizeLabel('SS X'))
})

it('reads definitions, whose title may stand on the next line', () => {
  expect(parseDefinition('[a]: /u\nnext', 0, false)).toEqual({ label: 'a', destination: '/u', title: '', end: 8 })
  expect(parseDefinition('[a]: /u\n"t"\n', 0, false)).toEqual({ label: 'a', destination: '/u', title: 't', end: 12 })
  expect(parseDefinition('[a]: /u\n"t" x', 0, true)).toEqual({ label: 'a', destination: '/u', title: '', end: 8 })
  expect(parseDefinition('[a]: /u', 0, true)).toMatchObject({ destination: '/u' })
})

it('waits for a definition only as long as it may be one', () => {
  for (const text of ['[a', '[a]', '[a]:', '[a]: /u', '[a]: /u "t'])
    expect(parseDefinition(text, 0, false)).toBe('more')
  for (const text of ['[a] b', '[a]: /u b', '[a]: /u "t" b']) expect(parseDefinition(text, 0, false)).toBeNull()
})

it('decodes escapes and entities', () => expect(decodeEscapes('a\\*b&amp;\\c&nope;')).toBe('a*b&\\c&nope;'))
