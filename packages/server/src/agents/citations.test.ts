import { describe, expect, it } from 'vitest'
import { createCitationReader } from './citations.js'
import { SourceList } from './source-list.js'

const sources = new SourceList()
for (const title of ['One', 'Two']) sources.add({ type: 'file', filename: `${title}.md`, title })

function read(text: string, size = text.length) {
  const reader = createCitationReader(sources)
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )
  const parts = [...pieces.map((piece) => reader.read(piece)), reader.end()]
  return {
    text: parts.map((part) => part.text).join(''),
    marks: parts.flatMap((part) => part.annotations).map(({ source, index }) => `${source.title}@${index}`),
  }
}

describe('citation markers', () => {
  it.each([
    ['It is blue [1].', 'It is blue.', ['One@10']],
    ['It is blue[1][2].', 'It is blue.', ['One@10', 'Two@10']],
    ['Blue [1, 2] and red [2]', 'Blue and red', ['One@4', 'Two@4', 'Two@12']],
    ['No such source [3].', 'No such source [3].', []],
    ['A link [1](https://x.test) stays', 'A link [1](https://x.test) stays', []],
    ['Code `a[1]` stays', 'Code `a[1]` stays', []],
    ['```\nlist[1]\n``` after [1]', '```\nlist[1]\n``` after', ['One@21']],
    ['A [ ] box and [x] and [', 'A [ ] box and [x] and [', []],
    ['Ends with a space ', 'Ends with a space ', []],
  ])('in %j become annotations, however the text is cut', (text, expected, marks) => {
    for (let size = 1; size <= text.length; size++) expect(read(text, size)).toEqual({ text: expected, marks })
  })
})
