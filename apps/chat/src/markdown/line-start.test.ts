import { expect, it } from 'vitest'
import { type OpenLeaf, readLineStart } from './line-start.js'

const read = (line: string, isWhole = true, leaf: OpenLeaf = null) => readLineStart(line, isWhole, [], leaf)
const paragraph: OpenLeaf = { kind: 'paragraph', lastLine: () => 'a | b', hasText: () => true }

it.each([
  ['# Title', { leaf: { kind: 'heading', level: 1 }, content: 'Title', contentOffset: 2 }],
  ['#Title', { leaf: { kind: 'paragraph' }, content: '#Title' }],
  ['~~~ ts x', { leaf: { kind: 'fence', character: '~', length: 3, indent: 0, info: 'ts x' } }],
  ['* * *', { leaf: { kind: 'rule' } }],
  ['\tcode', { leaf: { kind: 'indented' }, content: 'code' }],
  [
    '> - a',
    {
      opens: [{ kind: 'quote' }, { kind: 'item', marker: '-', isOrdered: false, start: 1, contentIndent: 2 }],
      content: 'a',
    },
  ],
  ['7)  a', { opens: [{ kind: 'item', marker: ')', isOrdered: true, start: 7, contentIndent: 4 }], content: 'a' }],
  ['', { leaf: { kind: 'blank' } }],
])('reads %j', (line, expected) => expect(read(line)).toMatchObject(expected))

it('knows what an open paragraph makes of a line', () => {
  expect(read('---', true, paragraph)).toMatchObject({ leaf: { kind: 'setext', level: 2 } })
  expect(read('-|-', true, paragraph)).toMatchObject({ leaf: { kind: 'table', alignments: [null, null] } })
  expect(read('2. a', true, paragraph)).toMatchObject({ opens: [], leaf: { kind: 'continue' } })
  expect(read('1. a', true, paragraph)).toMatchObject({ opens: [{ kind: 'item' }] })
  expect(read('    a', true, paragraph)).toMatchObject({ leaf: { kind: 'continue' }, content: 'a' })
})

it.each(['', '  ', '#', '## ', '``', '```js', '-', '- ', '**', '* * ', '12', '1.', '1. ', '> ', '> -', '~~~'])(
  'waits for more of %j',
  (line) => expect(read(line, false)).toBe('undecided'),
)

it.each(['a', '# T', '```a`', '- a', '**b', '1. a', '123a', '> a', '    c'])(
  'decides %j before the line ends',
  (line) => {
    const decided = read(line, false)
    expect(decided).not.toBe('undecided')
    expect(decided).toEqual(read(line, true))
  },
)

it('stops nesting where browsers would suffer', () => {
  const line = read('>'.repeat(100))
  expect(line).toMatchObject({ content: '>'.repeat(36) })
})
