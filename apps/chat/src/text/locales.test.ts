import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en } from './en.js'
import { directionOf, languageOf, languageTags, loadText } from './locales.js'
import { resolveLocale } from './resolve-locale.js'

/** The locales the published types of the options name. */
const published = new URL('../../../../node_modules/@openai/chatkit/types/index.d.ts', import.meta.url)
const types = readFileSync(published, 'utf8')
const namedBy = (type: string) => {
  const [, union = ''] = new RegExp(`export type ${type} =([^;]+);`).exec(types) ?? []
  return [...union.matchAll(/["']([\w-]+)["']/g)].map(([, name]) => name ?? '')
}
const translated = namedBy('TranslatedLocale')
const aliases = namedBy('SupportedLocale')

describe('B2: locales', () => {
  it('are those of the published types: 63, and 51 shorter names', () => {
    expect([translated.length, aliases.length]).toEqual([63, 51])
  })

  it.each(translated)('%s is taken as it is', (locale) => {
    expect(resolveLocale(locale)).toBe(locale)
  })

  it.each(aliases)('%s is taken for a whole one of the same language', (alias) => {
    const resolved = resolveLocale(alias)

    expect([...translated, 'en']).toContain(resolved)
    expect(resolved.split('-')[0]).toBe(alias.split('-')[0])
  })

  it.each([
    ['pt', 'pt-BR'],
    ['pt-AO', 'pt-PT'],
    ['pt_BR.UTF-8', 'pt-BR'],
    ['es', 'es-ES'],
    ['es-MX', 'es-419'],
    ['es-US', 'es-419'],
    ['fr', 'fr-FR'],
    ['fr-CH', 'fr-FR'],
    ['zh', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-MO', 'zh-HK'],
    ['de-AT', 'de-DE'],
    ['no', 'nb-NO'],
    ['nn-NO', 'nb-NO'],
    ['fil-PH', 'tl'],
    ['ar-EG', 'ar'],
    ['PT-br', 'pt-BR'],
    ['en-GB', 'en-GB'],
    ['en-Latn-US', 'en-US'],
    ['eo', 'en'],
    ['', 'en'],
    ['klingon please', 'en'],
    ['__proto__', 'en'],
    ['constructor', 'en'],
  ])('%s is %s', (requested, resolved) => {
    expect(resolveLocale(requested)).toBe(resolved)
  })

  it.each([
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt-PT'],
    ['zh-HK', 'zh-TW'],
    ['zh-CN', 'zh-CN'],
    ['en-GB', 'en'],
    ['bg-BG', 'en'],
  ])('%s has words in %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language)
  })

  it('runs from right to left in Arabic and Urdu, and in no other', () => {
    const rtl = translated.filter((locale) => directionOf(locale) === 'rtl')
    expect(rtl).toEqual(['ar', 'ur'])
  })
})

/** Names of the words that are missing or have been left in English. */
function gapsOf(text: Record<string, unknown>, english: Record<string, unknown>): string[] {
  return Object.entries(english).flatMap(([name, words]) => {
    if (typeof words === 'object') return gapsOf(Object(text[name]), Object(words)).map((gap) => `${name}.${gap}`)
    if (typeof text[name] !== typeof words) return [name]
    return text[name] === words && typeof words === 'string' && words.includes(' ') ? [name] : []
  })
}

/** What a word that takes values says, with values that can be told apart. */
const saidWith = (words: unknown, values: unknown[]): string =>
  typeof words === 'function' ? String(words(...values)) : ''

describe.each(languageTags)('words in %s', (tag) => {
  it('are complete', async () => {
    expect(gapsOf(await loadText(tag), en)).toEqual([])
  })

  it('keep every value that English shows', async () => {
    const text: Record<string, unknown> = { ...(await loadText(tag)) }
    for (const [name, english] of Object.entries(en)) {
      if (typeof english !== 'function') continue
      const values = Array.from({ length: english.length }, (_, index) => 5 + index)
      for (const value of values)
        if (saidWith(english, values).includes(String(value)))
          expect(digitsOf(saidWith(text[name], values)), name).toContain(String(value))
    }
  })
})

/** Digits of every script as ASCII ones. */
const digitsOf = (words: string): string =>
  words.replace(/\p{Nd}/gu, (digit) => {
    const zero = [0x660, 0x6f0, 0x966].find((start) => digit.charCodeAt(0) >= start && digit.charCodeAt(0) < start + 10)
    return zero === undefined ? digit : String(digit.charCodeAt(0) - zero)
  })

describe('words with numbers', () => {
  it.each([
    ['ru-RU', [1, 3, 5, 21], ['1 источник', '3 источника', '5 источников', '21 источник']],
    ['pl-PL', [1, 3, 5, 22], ['1 źródło', '3 źródła', '5 źródeł', '22 źródła']],
    ['ar', [1, 2, 3, 11], ['مصدر واحد', 'مصدران', '3 مصادر', '11 مصدرًا']],
    ['tr-TR', [1, 5], ['1 kaynak', '5 kaynak']],
    ['pt-BR', [1, 5], ['1 fonte', '5 fontes']],
  ])('take the form the language wants: %s', async (locale, counts, words) => {
    const { sources } = await loadText(locale)
    expect(counts.map((count) => digitsOf(sources(count)))).toEqual(words)
  })
})
