import type { Page } from '@parley/protocol'
import type { PageQuery } from './store.js'

/**
 * One list of two: rows that were there before everything stored, and behind them what is stored.
 *
 * @param first In the order in which they came.
 */
export async function listBehind<Row>(
  first: Row[],
  { limit, order, after }: PageQuery,
  { idOf, load }: { idOf(row: Row): string; load(page: PageQuery): Promise<Page<Row>> },
): Promise<Page<Row>> {
  const ordered = order === 'asc' ? first : first.toReversed()
  const place = ordered.findIndex((row) => idOf(row) === after)
  const stored = async (start: string | undefined): Promise<Row[]> =>
    (await load({ limit: limit + 1, order, ...(start !== undefined && { after: start }) })).data
  const rows =
    order === 'asc'
      ? place >= 0 || after === undefined
        ? [...ordered.slice(place + 1), ...(await stored(undefined))]
        : await stored(after)
      : place >= 0
        ? ordered.slice(place + 1)
        : [...(await stored(after)), ...ordered]
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return last && rows.length > limit ? { data, has_more: true, after: idOf(last) } : { data, has_more: false }
}
