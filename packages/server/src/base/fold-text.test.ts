import { describe, expect, it } from 'vitest'
import { findWords, foldText } from './fold-text.js'

describe('folding text', () => {
  it.each([
    ['Größe  ÉCLAIR', 'große eclair'],
    ['Tìm Kiếm Đơn\nhàng', 'tim kiem don hang'],
    ['退货 がある', '退货 がある'],
    ['한국어', '한국어'],
    ['مُدَرِّس', 'مدرس'],
    ['a\0b\ud800', 'a b'],
  ])('%j becomes %j', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })
})

describe('finding words', () => {
  const found = (text: string, ...words: string[]) => findWords(text, words).map(([from, to]) => text.slice(from, to))

  it('answers places in the text as it was written', () => {
    expect(found('Der Größte, 😀 die größte', 'große')).toEqual([])
    expect(found('Der Größte, 😀 die GRÖßTE', 'große'.slice(0, 4))).toEqual(['Größ', 'GRÖß'])
    expect(found('Tìm đơn hàng, tìm', 'tim', 'hang')).toEqual(['Tìm', 'hàng', 'tìm'])
    expect(found('e\u0301clair', 'eclair')).toEqual(['e\u0301clair'])
  })

  it('joins what touches', () => {
    expect(findWords('banana', ['ban', 'nan'])).toEqual([[0, 5]])
  })
})
