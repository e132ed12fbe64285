import type { InputTag } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editTags } from './edit-tags.js'
import { endOf, fromContent, labelOf, type PlacedTag, tagAround, toContent } from './tagged-text.js'

const tag = (text: string): InputTag => ({ type: 'input_tag', id: text, text, data: {}, interactive: true })
const words = (text: string) => ({ type: 'input_text' as const, text })
const ann = tag('Ann')
const paris = tag('Paris office')

describe('B2: a message with mentions', () => {
  it('is one text while it is written and parts again when it is sent', () => {
    const content = [words('Ask '), ann, words(' about '), paris, words('.')]

    const written = fromContent(content)

    expect(written.text).toBe('Ask @Ann about @Paris office.')
    expect(toContent(written)).toEqual(content)
  })

  it('keeps the blanks between its parts and drops those around it', () => {
    expect(toContent(fromContent([words('  '), ann, paris, words(' now \n')]))).toEqual([ann, paris, words(' now')])
  })

  it('shows a name of many lines in one, and sends it as it is', () => {
    const wild = tag('Ann\n\u0000 from   Paris')
    const long = tag('x'.repeat(500))

    expect(fromContent([wild]).text).toBe('@Ann from Paris')
    expect(labelOf(long)).toHaveLength(41)
    expect(toContent(fromContent([wild, long]))).toEqual([wild, long])
  })

  it('knows the inside of a tag from its edges', () => {
    const { tags } = fromContent([words('Hi '), ann])

    expect([3, 4, 6, 7].map((at) => tagAround(tags, at)?.tag.id)).toEqual([undefined, 'Ann', 'Ann', undefined])
  })
})

describe('B2: an edit around mentions', () => {
  const written = fromContent([words('Ask '), ann, words(' and '), ann])
  const starts = (tags: PlacedTag[]) => tags.map(({ start }) => start)

  it('moves the tags behind it', () => {
    expect(starts(editTags(written, 'Please ask @Ann and @Ann', 8, []).tags)).toEqual([11, 20])
  })

  it('takes the very tag that was deleted, of two with the same name', () => {
    expect(starts(editTags(fromContent([ann, ann]), '@Ann', 0, []).tags)).toEqual([0])
    expect(editTags(fromContent([ann, tag('Ann')]), '@Ann', 4, []).lost).toMatchObject([{ start: 4 }])
  })

  it('says what is left of a tag that was cut into', () => {
    expect(editTags(written, 'Ask @An and @Ann', 7, [])).toMatchObject({
      tags: [{ start: 12 }],
      lost: [{ start: 4 }],
      remains: [{ start: 4, end: 7 }],
    })
  })

  it('gives a name that comes back whole its tag back', () => {
    const { lost } = editTags(written, 'Ask  and @Ann', 4, [])

    expect(starts(editTags({ text: 'Ask  and ', tags: [] }, 'Ask  and @Ann', 13, lost).tags)).toEqual([9])
  })

  it('never leaves a tag on a text that is not its name', () => {
    const piece = fc.oneof(fc.constant(ann), fc.constant(paris), fc.string({ maxLength: 4 }).map(words))
    const edit = fc.record({
      content: fc.array(piece, { maxLength: 6 }),
      from: fc.nat(),
      to: fc.nat(),
      put: fc.string(),
    })
    fc.assert(
      fc.property(edit, ({ content, from, to, put }) => {
        const before = fromContent(content)
        const [start, end] = [from, to].map((at) => at % (before.text.length + 1)).sort((a, b) => a - b) as [
          number,
          number,
        ]
        const text = before.text.slice(0, start) + put + before.text.slice(end)

        const { tags } = editTags(before, text, start + put.length, before.tags)

        for (const placed of tags) expect(text.slice(placed.start, endOf(placed))).toBe(labelOf(placed.tag))
      }),
    )
  })
})
