/** What a list is searched for: rows that every condition holds for, in an order, and one part of them. */
export interface RowSearch {
  conditions?: readonly RowCondition[]
  /** The first field counts most. Rows without an order stay as they came. */
  order?: readonly { field: string; direction: 'asc' | 'desc' }[]
  limit: number
  offset: number
}

export type Scalar = string | number | boolean | null

/** What the value of a field can be tested for. */
interface Wanted {
  is: Scalar
  isNot: Scalar
  isOneOf: readonly Scalar[]
  isNoneOf: readonly Scalar[]
  /** `%` stands for any text; without one the text is looked for anywhere. */
  isLike: string
  isLikeInAnyCase: string
  contains: string
  containsInAnyCase: string
  isAbove: Scalar
  isAtLeast: Scalar
  isBelow: Scalar
  isAtMost: Scalar
  isMissing: boolean
}

export type RowTest = keyof Wanted
export type RowCondition = { [Test in RowTest]: { field: string; test: Test; wanted: Wanted[Test] } }[RowTest]

/** The part of the rows that a search asks for, and how many fit. */
export function searchRows<Row extends object>(
  rows: readonly Row[],
  { conditions = [], order = [], limit, offset }: RowSearch,
): { items: Row[]; total: number } {
  const fits = (row: Row) => conditions.every((condition) => holds(fieldOf(row, condition.field), condition))
  const found = rows.filter(fits)
  const sorted = found.toSorted((left, right) => {
    for (const { field, direction } of order) {
      const sign = compare(fieldOf(left, field), fieldOf(right, field))
      if (sign !== 0) return direction === 'asc' ? sign : -sign
    }
    return 0
  })
  return { items: sorted.slice(offset, offset + limit), total: found.length }
}

const fieldOf = (row: object, field: string) =>
  Object.hasOwn(row, field) ? (row as Record<string, unknown>)[field] : undefined // an own field

const TESTS: { [Test in RowTest]: (value: unknown, wanted: Wanted[Test]) => boolean } = {
  is: isSame,
  isNot: (value, wanted) => !isSame(value, wanted),
  isOneOf: (value, wanted) => wanted.some((one) => isSame(value, one)),
  isNoneOf: (value, wanted) => !wanted.some((one) => isSame(value, one)),
  isLike: (value, wanted) => isLike(toText(value), wanted),
  isLikeInAnyCase: (value, wanted) => isLike(toText(value).toLowerCase(), wanted.toLowerCase()),
  contains: (value, wanted) => toText(value).includes(wanted),
  containsInAnyCase: (value, wanted) => toText(value).toLowerCase().includes(wanted.toLowerCase()),
  isAbove: (value, wanted) => value !== undefined && compare(value, wanted) > 0,
  isAtLeast: (value, wanted) => value !== undefined && compare(value, wanted) >= 0,
  isBelow: (value, wanted) => value !== undefined && compare(value, wanted) < 0,
  isAtMost: (value, wanted) => value !== undefined && compare(value, wanted) <= 0,
  isMissing: (value, wanted) => isSame(value, null) === wanted,
}

const holds = (value: unknown, { test, wanted }: RowCondition): boolean => TESTS[test](value, wanted as never) // of this test, by its type

function isSame(value: unknown, wanted: Scalar): boolean {
  return (value ?? null) === wanted
}

/** No pattern is compiled of a caller's words. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('%')
  if (parts.length === 1) return text.includes(pattern)
  const [first = '', ...rest] = parts
  if (!text.startsWith(first)) return false
  let place = first.length
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return text.length - part.length >= place && text.endsWith(part)
    const found = text.indexOf(part, place)
    if (found < 0) return false
    place = found + part.length
  }
  return true
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [one, other] = [toText(left), toText(right)]
  return one < other ? -1 : one > other ? 1 : 0
}

const toText = (value: unknown) => String(value ?? '')
