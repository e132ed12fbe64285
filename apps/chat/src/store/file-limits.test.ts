import { describe, expect, it } from 'vitest'
import { refusalOf, sizeInWords } from './file-limits.js'
import type { ComposerOptions } from './options.js'

type Limits = Partial<NonNullable<ComposerOptions['attachments']>>

const MB = 1024 * 1024
const given = (
  limits: Limits,
  file: Partial<{ name: string; size: number; type: string }> = {},
  { count = 0, locale = 'en' } = {},
) => {
  const whole = { name: 'cat.png', size: 5 * MB, type: 'image/png', ...file }
  return refusalOf(whole, { enabled: true, ...limits }, { count, locale })
}

describe('B8: what may be attached', () => {
  it('is 10 files of 100 MB each, of any kind, when the page says nothing', () => {
    expect(given({}, { size: 100 * MB })).toBeNull()
    expect(given({}, { size: 100 * MB + 1 })).toEqual({ code: 'too_large', name: 'cat.png', limit: '100 MB' })
    expect(given({}, {}, { count: 9 })).toBeNull()
    expect(given({}, {}, { count: 10 })).toEqual({ code: 'too_many', limit: '10' })
  })

  it.each<[string, NonNullable<Limits['maxSize']>, string | null]>([
    ['one number for all', 4 * MB, '4 MB'],
    ['the exact type', { 'image/png': MB, 'image/*': 9 * MB, '*': 9 * MB }, '1 MB'],
    ['the kind', { 'image/*': 2 * MB, '*': 9 * MB }, '2 MB'],
    ['the star for all others', { 'text/*': 9 * MB, '*': 3 * MB }, '3 MB'],
    ['the empty key for all others', { 'text/*': 9 * MB, '': 3 * MB }, '3 MB'],
    ['the default for all others', { 'text/*': MB }, null],
  ])('goes by the most exact size: %s', (_, maxSize, limit) => {
    expect(given({ maxSize })?.limit ?? null).toBe(limit)
  })

  it.each<[string, Record<string, string[]>, Partial<{ name: string; type: string }>, boolean]>([
    ['its ending', { 'image/png': ['.png'] }, {}, true],
    ['an ending without a dot, in capitals', { 'image/png': ['png'] }, { name: 'CAT.PNG' }, true],
    ['an ending whose type the browser does not know', { 'text/markdown': ['.md'] }, { name: 'a.md', type: '' }, true],
    ['its type, where no endings are listed', { 'image/*': [] }, {}, true],
    ['another ending', { 'image/png': ['.png'] }, { name: 'cat.exe' }, false],
    ['another type', { 'text/*': [] }, {}, false],
  ])('goes by %s', (_, accept, file, isTaken) => {
    expect(given({ accept }, file) === null).toBe(isTaken)
  })

  it('names what is accepted', () => {
    expect(given({ accept: { 'application/pdf': ['.pdf'], 'text/*': [] } })).toEqual({
      code: 'wrong_type',
      name: 'cat.png',
      limit: '.pdf, text/*',
    })
  })

  it.each([
    [3, 'en', '3 bytes'],
    [1536, 'en', '1.5 kB'],
    [20 * MB, 'de', '20 MB'],
    [20 * MB, 'fr', '20 Mo'],
  ])('says %i bytes in %s as %s', (bytes, locale, words) => {
    expect(sizeInWords(bytes, locale).replace(/\s/g, ' ')).toBe(words)
  })
})
