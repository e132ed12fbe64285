import { expect, it } from 'vitest'
import { hasValidDomain, parseAngle, parseMail, trimUrl } from './autolinks.js'

it('tells links in angle brackets from HTML and from text', () => {
  expect(parseAngle('<https://a.example?b>c', 0)).toEqual({
    kind: 'link',
    destination: 'https://a.example?b',
    text: 'https://a.example?b',
    end: 21,
  })
  expect(parseAngle('<me@a.example>', 0)).toMatchObject({ kind: 'link', destination: 'mailto:me@a.example' })
  expect(parseAngle('<b class="x>y" hidden>z', 0)).toEqual({ kind: 'html', end: 22 })
  expect(parseAngle('</b>', 0)).toEqual({ kind: 'html', end: 4 })
  expect(parseAngle('<!-- a > b -->', 0)).toEqual({ kind: 'html', end: 14 })
  for (const text of ['< a>', '<3 ', '<a b=>x ', '<>', '<a* ']) expect(parseAngle(text, 0)).toBeNull()
})

it.each(['<', '<htt', '<https://a.exa', '<b', '<b class="a', '<!-'])('waits for the rest of %s', (text) =>
  expect(parseAngle(text, 0)).toBe('more'),
)

it.each([
  ['https://a.example.', 'https://a.example'],
  ['https://a.example/x)', 'https://a.example/x'],
  ['https://a.example/(x)', 'https://a.example/(x)'],
  ['https://a.example/x&amp;', 'https://a.example/x'],
  ['https://a.example/x;', 'https://a.example/x;'],
  ['https://a.example/"**', 'https://a.example/'],
])('trims %s', (url, trimmed) => expect(trimUrl(url)).toBe(trimmed))

it('asks for a domain', () => {
  for (const rest of ['a.example/x', 'localhost:3000', 'a_b.c.example']) expect(hasValidDomain(rest)).toBe(true)
  for (const rest of ['', 'a', 'a_b.example', 'a.b_c', '/x']) expect(hasValidDomain(rest)).toBe(false)
})

it('finds mail addresses around an @', () => {
  expect(parseMail('to a.b+c@d-e.example, ok', 8, false)).toEqual({ start: 3, end: 20 })
  expect(parseMail('a@b.example', 1, false)).toBe('more')
  expect(parseMail('a@b.example.', 1, true)).toEqual({ start: 0, end: 11 })
  for (const text of ['a@b ', ' @b.example ', 'a@b.example- ']) expect(parseMail(text, 1, false)).toBeNull()
})
