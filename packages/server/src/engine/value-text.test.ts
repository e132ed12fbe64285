import { expect, it } from 'vitest'
import { indexedText } from './value-text.js'

const value = { text: 'tea', deep: { note: 'milk', size: 2 }, list: [{ name: 'a' }, { name: 'b' }] }

it.each([
  [undefined, JSON.stringify(value)],
  [false as const, undefined],
  [['text'], 'tea'],
  [['deep.note', 'deep.size'], 'milk\n2'],
  [['deep'], '{"note":"milk","size":2}'],
  [['list[*].name'], 'a\nb'],
  [['list[0].name'], 'a'],
  [['list[-1].name'], 'b'],
  [['deep.*'], 'milk\n2'],
  [['$'], JSON.stringify(value)],
  [['nothing', 'text.more', 'list.name', 'constructor'], ''],
])('looks at what the index %j names', (index, text) => {
  expect(indexedText({ value, index })).toBe(text)
})
