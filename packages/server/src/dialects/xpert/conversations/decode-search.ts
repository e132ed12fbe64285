import type { RowCondition, RowSearch, RowTest } from '../../../base/search-rows.js'
import type { Condition, Search } from './schema.js'

/** A search as its clients write it. `search` is a part of the title. */
export function decodeSearch({ where = {}, order = {}, search, limit, offset }: Search): RowSearch {
  const conditions = Object.entries(where).flatMap(([field, condition]) => decodeCondition(field, condition))
  if (search) conditions.push({ field: 'title', test: 'containsInAnyCase', wanted: search })
  return {
    conditions,
    order: Object.entries(order).map(([field, direction]) => ({ field, direction })),
    limit,
    offset,
  }
}

const TESTS: Record<keyof Exclude<Condition, string | number | boolean | null>, RowTest> = {
  $eq: 'is',
  $ne: 'isNot',
  $in: 'isOneOf',
  $notIn: 'isNoneOf',
  $like: 'isLike',
  $ilike: 'isLikeInAnyCase',
  $contains: 'contains',
  $gt: 'isAbove',
  $gte: 'isAtLeast',
  $lt: 'isBelow',
  $lte: 'isAtMost',
  $isNull: 'isMissing',
}

function decodeCondition(field: string, condition: Condition): RowCondition[] {
  if (typeof condition !== 'object' || condition === null) return [{ field, test: 'is', wanted: condition }]
  return Object.entries(condition).map(
    ([name, wanted]) => ({ field, test: TESTS[name as keyof typeof TESTS], wanted }) as RowCondition, // by the schema of conditions
  )
}
