/**
 * Formulas inside of text: `$x$`, `\(x\)`, and the large ones `$$x$$`, `\[x\]`. What only looks like one (prices, shell
 * variables, escaped brackets) stays text, and is known to early: a formula has no bare words.
 */

export interface MathSpan {
  tex: string
  isDisplay: boolean
  /** Behind the closing delimiter. */
  end: number
}

interface Delimiters {
  open: string
  close: string
  isDisplay: boolean
  /** Longer ones are text; it bounds how long a stream waits for the end. */
  limit: number
}

const DOLLAR: Delimiters = { open: '$', close: '$', isDisplay: false, limit: 600 }
const DOLLARS: Delimiters = { open: '$$', close: '$$', isDisplay: true, limit: 1900 }
const ROUND: Delimiters = { open: '\\(', close: '\\)', isDisplay: false, limit: 600 }
const SQUARE: Delimiters = { open: '\\[', close: '\\]', isDisplay: true, limit: 1900 }

const BARE_WORD = /^\p{L}{3,}$/u
const HAS_SENSE = /[\p{L}\p{N}]/u

/** The formula that opens at `start`, `'more'` while its end may still come, null when it is none. */
export function parseMath(text: string, start: number, isFinal: boolean): MathSpan | 'more' | null {
  const delimiters = delimitersAt(text, start, isFinal)
  if (!delimiters || delimiters === 'more') return delimiters
  const from = start + delimiters.open.length
  const end = findClose(text, from, delimiters, isFinal)
  if (end === null || end === 'more') return end
  const tex = text.slice(from, end).trim()
  return HAS_SENSE.test(tex) ? { tex, isDisplay: delimiters.isDisplay, end: end + delimiters.close.length } : null
}

function delimitersAt(text: string, start: number, isFinal: boolean): Delimiters | 'more' | null {
  const next = text[start + 1]
  if (text[start - 1] === '$') return null
  if (text[start] === '\\') return next === '(' ? ROUND : next === '[' ? SQUARE : null
  if (next === undefined) return isFinal ? null : 'more'
  if (next !== '$') return /\s/.test(next) ? null : DOLLAR
  const third = text[start + 2]
  if (third === undefined) return isFinal ? null : 'more'
  return third === '$' ? null : DOLLARS
}

/** Where the closing delimiter stands. Each step looks at what is there already, so no later text changes the answer. */
function findClose(text: string, from: number, delimiters: Delimiters, isFinal: boolean): number | 'more' | null {
  const { close, isDisplay, limit } = delimiters
  const isSingle = close === '$'
  let depth = 0
  let word = from
  for (let at = from; at < text.length; at++) {
    if (at - from > limit) return null
    const character = text.charAt(at)
    if (close.startsWith(character)) {
      if (text.startsWith(close, at)) return isSingle ? closeOfDollar(text, at, isFinal) : at
      if (at + 1 === text.length) break // half of the closing delimiter
      if (character === '$') return null
    }
    if (character === '\\') at++
    else if (character === '{') depth++
    else if (character === '}') depth--
    else if (character === '`' || (character === '\n' && isSingle)) return null
    else if (/\s/.test(character)) {
      if (!isDisplay && depth <= 0 && BARE_WORD.test(text.slice(word, at))) return null
      word = at + 1
    }
  }
  return isFinal ? null : 'more'
}

/** A single dollar closes behind something visible, and not before a digit: `$5 to $10` are prices. */
function closeOfDollar(text: string, at: number, isFinal: boolean): number | 'more' | null {
  if (/\s/.test(text.charAt(at - 1))) return null
  const next = text[at + 1]
  if (next === undefined) return isFinal ? at : 'more'
  return /\d/.test(next) ? null : at
}
