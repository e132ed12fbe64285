import { describe, expect, it } from 'vitest'
import { searchRows } from '../../../base/search-rows.js'
import { decodeSearch } from './decode-search.js'
import { searchSchema } from './schema.js'

const rows = [
  { id: 'a', title: 'Flights to Rome', status: 'idle', createdAt: '2026-01-01', turns: 2 },
  { id: 'b', title: 'Rome by night', status: 'busy', createdAt: '2026-01-02', turns: 10 },
  { id: 'c', status: 'idle', createdAt: '2026-01-03' },
]
const idsOf = (search: unknown) => searchRows(rows, decodeSearch(searchSchema.parse(search))).items.map(({ id }) => id)

describe('a search in rows', () => {
  it.each([
    [{ where: { id: 'b' } }, ['b']],
    [{ where: { status: 'idle' }, order: { createdAt: 'DESC' } }, ['c', 'a']],
    [{ where: { id: { $in: ['a', 'c'] } } }, ['a', 'c']],
    [{ where: { id: { $notIn: ['a', 'c'] } } }, ['b']],
    [{ where: { status: { $ne: 'idle' } } }, ['b']],
    [{ where: { title: { $ilike: '%rome%' } } }, ['a', 'b']],
    [{ where: { title: { $like: 'Rome%' } } }, ['b']],
    [{ where: { title: { $like: '%Rome' } } }, ['a']],
    [{ where: { title: { $like: 'F%to%e' } } }, ['a']],
    [{ where: { title: { $contains: 'night' } } }, ['b']],
    [{ where: { title: { $isNull: true } } }, ['c']],
    [{ where: { createdAt: { $gt: '2026-01-01', $lte: '2026-01-02' } } }, ['b']],
    [{ where: { turns: { $gte: 3 } } }, ['b']],
    [{ search: 'ROME', order: { turns: 'ASC' } }, ['a', 'b']],
    [{ limit: 1, offset: 1 }, ['b']],
  ])('%j', (search, ids) => {
    expect(idsOf(search)).toEqual(ids)
  })

  it('counts what fits, whatever part is asked for', () => {
    expect(searchRows(rows, decodeSearch(searchSchema.parse({ where: { status: 'idle' }, limit: 1 }))).total).toBe(2)
  })

  it('knows no other comparison', () => {
    expect(searchSchema.safeParse({ where: { id: { $where: 'sleep()' } } }).success).toBe(false)
  })
})
