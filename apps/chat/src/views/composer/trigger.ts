import type { TaggedText } from '../../store/tagged-text.js'

/** A search begun in the text: what stands between its sign and the cursor is what is searched for. */
export interface Trigger {
  sign: '@' | '/'
  start: number
  end: number
  query: string
}

const LONGEST_QUERY = 60
const MOST_WORDS = 4

/** The search the cursor stands at the end of, if any. An "@" inside an address or a "/" inside a path begins none. */
export function findTrigger({ text, tags }: TaggedText, caret: number, signs: string): Trigger | null {
  for (let start = caret - 1; start >= Math.max(0, caret - LONGEST_QUERY); start--) {
    const sign = text[start]
    if (sign === '\n') return null
    if (tags.some((tag) => tag.start === start)) return null
    if ((sign !== '@' && sign !== '/') || !signs.includes(sign) || !isBeginning(sign, text[start - 1])) continue
    const query = text.slice(start + 1, caret)
    const isSearch = !/^\s/.test(query) && query.split(/\s+/).length <= MOST_WORDS
    return isSearch ? { sign, start, end: caret, query } : null
  }
  return null
}

/** Languages without blanks between words put an "@" anywhere, so only what an address may hold stands against it. */
function isBeginning(sign: '@' | '/', before: string | undefined): boolean {
  return before === undefined || /\s/.test(before) || (sign === '@' && !/[\w.+\-/@]/.test(before))
}
