import { expect, it } from 'vitest'
import { parseTableDelimiter, splitRow } from './table-row.js'

it.each([
  ['| --- | :-- | --: | :-: |', [null, 'left', 'right', 'center']],
  ['-|-', [null, null]],
  ['|-|', [null]],
  [':-:', ['center']],
  ['---', null],
  ['| - x |', null],
  ['|', null],
  ['| - | |', null],
])('reads the line under a header: %s', (line, alignments) => expect(parseTableDelimiter(line)).toEqual(alignments))

const texts = (line: string) => splitRow(line).map(({ text }) => text)

it('splits rows at pipes that are not escaped, the outer ones optional', () => {
  expect(texts('| a | b |')).toEqual(['a', 'b'])
  expect(texts('a | b')).toEqual(['a', 'b'])
  expect(texts('  | a \\| b | |  ')).toEqual(['a \\| b', ''])
  expect(texts('| a')).toEqual(['a'])
  expect(texts('a \\')).toEqual(['a \\'])
})

it('knows where each cell starts', () => {
  expect(splitRow('| ab |  c |')).toEqual([
    { text: 'ab', offset: 2 },
    { text: 'c', offset: 8 },
  ])
})
