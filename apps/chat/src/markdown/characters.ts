/** Character classes of CommonMark, on UTF-16 code units where that is enough. */

const NEWLINE = 10
const PUNCTUATION = /[\p{P}\p{S}]/u
const WHITESPACE = /\s/u

/** Space, tab or line ending: what separates the parts of a link. */
export const isSpace = (code: number): boolean => code === 32 || code === 9 || code === NEWLINE

export const isAsciiPunctuation = (code: number): boolean =>
  (code >= 33 && code <= 47) || (code >= 58 && code <= 64) || (code >= 91 && code <= 96) || (code >= 123 && code <= 126)

/** Unicode whitespace; the start and end of a text (the empty string) count as whitespace too. */
export const isUnicodeSpace = (character: string): boolean => character === '' || WHITESPACE.test(character)

export const isUnicodePunctuation = (character: string): boolean => PUNCTUATION.test(character)

/** The whole character that ends just before `position`, surrogate pairs kept together. */
export function characterBefore(text: string, position: number): string {
  const last = text.charCodeAt(position - 1)
  const isLowHalf = last >= 0xdc00 && last <= 0xdfff && position > 1
  return text.slice(Math.max(0, position - (isLowHalf ? 2 : 1)), position)
}

/** The whole character at `position`; the empty string at the end. */
export function characterAt(text: string, position: number): string {
  const point = text.codePointAt(position)
  return point === undefined ? '' : String.fromCodePoint(point)
}

export const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff

/** How many times `code` is repeated from `position` on. */
export function runLength(text: string, position: number, code: number): number {
  let end = position
  while (text.charCodeAt(end) === code) end++
  return end - position
}

/** How many spaces a text ends with. */
export function trailingBlanks(text: string): number {
  let start = text.length
  while (text.charCodeAt(start - 1) === 32) start--
  return text.length - start
}
