/** Lines that open and close a formula. */

export type MathFence = '$$' | '\\['

/** What ends the formula that a fence opens. */
export const MATH_END: Record<MathFence, string> = { $$: '$$', '\\[': '\\]' }

/** What a line is whose first characters may open a formula; `isWhole`: all of it is there. */
export function readMathFence(
  rest: string,
  isWhole: boolean,
): { kind: 'math'; fence: MathFence; isClosed: boolean } | 'undecided' | null {
  if (!isWhole && (rest === '$' || rest === '\\')) return 'undecided'
  const fence = rest.slice(0, 2)
  if (fence !== '$$' && fence !== '\\[') return null
  const end = MATH_END[fence]
  const inside = rest.slice(2)
  const close = inside.indexOf(end)
  if (close >= 0 && inside.slice(close + 2).trim() !== '') return null // words behind it: a formula in a paragraph
  if (inside.startsWith('$') || inside.includes('`')) return null
  if (!isWhole) return 'undecided'
  if (close >= 0) return inside.slice(0, close).trim() === '' ? null : { kind: 'math', fence, isClosed: true }
  return fence === '\\[' && inside.includes(']') ? null : { kind: 'math', fence, isClosed: false } // an escaped bracket
}
