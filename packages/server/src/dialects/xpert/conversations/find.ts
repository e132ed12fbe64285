import type { Condition, Search } from './schema.js'

type Row = Record<string, unknown>

/** The part of the rows that a search asks for, and how many fit. Rows without an order stay as they came. */
export function findIn<Entry extends object>(rows: readonly Entry[], { where, order, search, limit, offset }: Search) {
  const words = search?.toLowerCase()
  const found = rows.filter((entry) => {
    const row = entry as Row
    if (
      words &&
      !String(row.title ?? '')
        .toLowerCase()
        .includes(words)
    )
      return false
    return Object.entries(where ?? {}).every(([field, condition]) => fits(row[field], condition))
  })
  const sorted = order ? found.toSorted((left, right) => compareBy(order, left as Row, right as Row)) : found
  return { items: sorted.slice(offset, offset + limit), total: found.length }
}

const TESTS: Record<string, (value: unknown, wanted: never) => boolean> = {
  $eq: (value, wanted: unknown) => isSame(value, wanted),
  $ne: (value, wanted: unknown) => !isSame(value, wanted),
  $in: (value, wanted: unknown[]) => wanted.some((one) => isSame(value, one)),
  $notIn: (value, wanted: unknown[]) => !wanted.some((one) => isSame(value, one)),
  $like: (value, wanted: string) => isLike(String(value ?? ''), wanted),
  $ilike: (value, wanted: string) => isLike(String(value ?? '').toLowerCase(), wanted.toLowerCase()),
  $contains: (value, wanted: string) => String(value ?? '').includes(wanted),
  $gt: (value, wanted: unknown) => value !== undefined && compare(value, wanted) > 0,
  $gte: (value, wanted: unknown) => value !== undefined && compare(value, wanted) >= 0,
  $lt: (value, wanted: unknown) => value !== undefined && compare(value, wanted) < 0,
  $lte: (value, wanted: unknown) => value !== undefined && compare(value, wanted) <= 0,
  $isNull: (value, wanted: boolean) => (value === undefined || value === null) === wanted,
}

function fits(value: unknown, condition: Condition): boolean {
  if (typeof condition !== 'object' || condition === null) return isSame(value, condition)
  return Object.entries(condition).every(([name, wanted]) => TESTS[name]?.(value, wanted as never)) // checked by its schema
}

const isSame = (value: unknown, wanted: unknown) => (value ?? null) === wanted

/** `%` stands for any text; without one the text is looked for anywhere. No pattern is compiled of a caller's words. */
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

function compareBy(order: NonNullable<Search['order']>, left: Row, right: Row): number {
  for (const [field, direction] of Object.entries(order)) {
    const sign = compare(left[field], right[field])
    if (sign !== 0) return direction === 'asc' ? sign : -sign
  }
  return 0
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [one, other] = [String(left ?? ''), String(right ?? '')]
  return one < other ? -1 : one > other ? 1 : 0
}
