import { describe, expect, it } from 'vitest'
import { createPassageIndex, type EmbeddedPassage } from './passage-index.js'
import { splitSections } from './passages.js'
import { decodeVector, encodeVector, toVector } from './vector.js'
import { createVectorIndex } from './vector-index.js'

const document = { title: 'Guide', text: '' }
const passage = (text: string, vector?: number[]): EmbeddedPassage => ({
  document,
  headings: [],
  text,
  ...(vector && { vector: toVector(Float32Array.from(vector)) }),
})
const textsOf = (hits: { passage: { text: string } }[]) => hits.map(({ passage: { text } }) => text)

describe('createPassageIndex', () => {
  const index = createPassageIndex([
    passage('Refunds are paid within a week.', [1, 0, 0.1]),
    passage('The parrot eats seeds.', [0, 1, 0]),
    passage('Money comes back to your card.', [0.9, 0.1, 0]),
    passage('Not read by the model yet: refunds.'),
  ])

  it('finds by words alone without a model', () => {
    expect(textsOf(index.search({ text: 'refund' }, 5)).sort()).toEqual([
      'Not read by the model yet: refunds.',
      'Refunds are paid within a week.',
    ])
  })

  it('finds by meaning what shares no word, and puts first what fits both ways', () => {
    const hits = textsOf(index.search({ text: 'refund', vector: toVector(Float32Array.from([2, 0, 0])) }, 3))

    expect(hits[0]).toBe('Refunds are paid within a week.')
    expect(hits).toContain('Money comes back to your card.')
    expect(hits).not.toContain('The parrot eats seeds.')
  })

  it('leaves out vectors of another model', () => {
    expect(textsOf(index.search({ text: 'parrot', vector: toVector(Float32Array.from([1, 0])) }, 3))).toEqual([
      'The parrot eats seeds.',
    ])
  })
})

describe('splitSections', () => {
  it('keeps the heading over the end of a page, and says the page', () => {
    const parts = splitSections([
      { page: 1, text: '## Returns\n\nFirst.' },
      { page: 2, text: 'Second.\n\n## Shipping\n\nThird.' },
    ])

    expect(parts).toEqual([
      { page: 1, headings: ['Returns'], text: 'First.' },
      { page: 2, headings: ['Returns'], text: 'Second.' },
      { page: 2, headings: ['Shipping'], text: 'Third.' },
    ])
  })

  it.each([
    ['sentences', 'A sentence that is not short. '.repeat(200)],
    ['words', 'word '.repeat(1000)],
    ['one endless word', 'x'.repeat(5000)],
    ['Chinese', '这是一个句子。'.repeat(500)],
  ])('cuts a long paragraph of %s, and loses nothing', (_, text) => {
    const parts = splitSections([{ text }])

    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect(part.text.length).toBeLessThanOrEqual(1200)
    expect(
      parts
        .map((part) => part.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''))
  })
})

describe('a vector as text', () => {
  it('is the same when it is read again', () => {
    const vector = toVector(Float32Array.from({ length: 1536 }, (_, index) => Math.sin(index)))

    expect(decodeVector(encodeVector(vector))).toEqual({ ...vector, scale: Math.fround(vector.scale) })
  })
})

describe('the nearest of many vectors', () => {
  it('is found among ten thousand, best first', () => {
    let seed = 1
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647 - 0.5
    }
    const some = () => Float32Array.from({ length: 256 }, random)
    const wanted = some()
    const near = (share: number) => toVector(wanted.map((value) => value + share * random()))
    const vectors = Array.from({ length: 10_000 }, () => toVector(some()))
    vectors[9_000] = near(0.1)
    vectors[17] = near(0.4)

    expect(
      createVectorIndex(vectors)
        .search(toVector(wanted), 2)
        .map(({ number }) => number),
    ).toEqual([9_000, 17])
  })
})
