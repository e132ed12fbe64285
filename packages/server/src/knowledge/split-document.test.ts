import { describe, expect, it } from 'vitest'
import type { SplitSettings } from '../storage/knowledge-store.js'
import { splitDocument } from './split-document.js'

const split = (text: string, settings: SplitSettings) => splitDocument([{ text }], settings)
const textsOf = (text: string, settings: SplitSettings) => split(text, settings).map((passage) => passage.text)

describe('a document', () => {
  it('is cut at its headings where nothing is said of it', () => {
    expect(split('## Cats\n\nThey eat fish.', {})).toEqual([{ headings: ['Cats'], text: 'They eat fish.' }])
  })

  it('is found by its headings of every depth, but for one that says its title again', () => {
    const text = '# Returns\n\nThirty days.\n\n# Shipping\n\n## Abroad\n\nTwo weeks.'
    const headings = (title: string) => splitDocument([{ text }], {}, title).map((passage) => passage.headings)

    expect(headings('policy.docx')).toEqual([['Returns'], ['Shipping', 'Abroad']])
    expect(headings('Returns')).toEqual([[], ['Shipping', 'Abroad']])
  })

  it('is named by a heading of the first depth that is the only one', () => {
    const text = '# Lumo\n\nA lamp.\n\n## Settings\n\nNone.'

    expect(split(text, {}).map(({ headings }) => headings)).toEqual([['Lumo'], ['Settings']])
  })

  it('is cut at a separator, and longer pieces behind their sentences', () => {
    const passages = { separator: '###', longest: 40, overlap: 0 }

    expect(textsOf('One.###Two is here. It is a sentence. And a third one.### ', { passages })).toEqual([
      'One.',
      'Two is here. It is a sentence.',
      'And a third one.',
    ])
  })

  it('says the end of a piece again at the beginning of the next', () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')

    const pieces = textsOf(words, { passages: { separator: '\n', longest: 80, overlap: 16 } })

    for (const [index, piece] of pieces.slice(1).entries()) {
      const [first = ''] = piece.split(' ')
      expect(pieces[index]).toContain(first)
    }
    expect(new Set(pieces.join(' ').split(' ')).size).toBe(40)
  })

  it('loses its superfluous blanks and its addresses', () => {
    const text = 'Write  to   ada@shop.example or https://shop.example/help?x=1 now.'

    expect(textsOf(text, { without: ['blanks', 'addresses'] })).toEqual(['Write to  or  now.'])
  })

  it('is cut into parents, and these into children that know them', () => {
    const settings = {
      passages: { separator: '\n\n', longest: 1000, overlap: 0 },
      children: { separator: '\n', longest: 1000, overlap: 0 },
    }

    const [cats, fish, milk, dogs, meat] = split('Fish.\nMilk.\n\nMeat.', settings)

    expect([cats, fish, milk].map((passage) => passage?.text)).toEqual(['Fish.\nMilk.', 'Fish.', 'Milk.'])
    expect([fish?.parent, milk?.parent, meat?.parent]).toEqual([cats?.id, cats?.id, dogs?.id])
    expect(dogs?.parent).toBeUndefined()
  })

  it('is one parent, cut where no model could read it any more', () => {
    const children = { separator: '\n', longest: 200, overlap: 0 }
    const parents = (text: string) => split(text, { passages: 'whole', children }).filter(({ parent }) => !parent)

    expect(parents('## Cats\n\nFish.\n\n## Dogs\n\nMeat.').map(({ text }) => text)).toEqual([
      '## Cats\n\nFish.\n\n## Dogs\n\nMeat.',
    ])
    expect(parents('A sentence of some length. '.repeat(4000)).length).toBe(3)
  })
})
