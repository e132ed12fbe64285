import type { Page } from '@parley/protocol'

/** Which part of a list: `after` and `before` are ids of rows, in the order of the list. */
export interface ListPart {
  limit: number
  order: 'asc' | 'desc'
  after?: string | undefined
  before?: string | undefined
}

interface Place {
  limit: number
  order: 'asc' | 'desc'
  after?: string
}

const MOST_PER_READ = 100

/**
 * Reads a part of a list of which some rows may not be shown: a page is full as long as there are more. Rows before
 * `before` are those right in front of it; they are read backwards and turned around.
 *
 * @param encode The row as it is shown, or `null`.
 */
export async function readList<Row extends { id: string }, Shown>(
  { limit, order, after, before }: ListPart,
  load: (place: Place) => Promise<Page<Row>>,
  encode: (row: Row) => Shown | null,
): Promise<{ data: Shown[]; hasMore: boolean }> {
  const backwards = before !== undefined && after === undefined
  const direction = backwards ? opposite(order) : order
  const end = backwards ? undefined : before
  const data: Shown[] = []
  let cursor = backwards ? before : after
  let hasMore = true
  while (hasMore && data.length <= limit) {
    const missing = limit + 1 - data.length
    const page = await load({
      limit: Math.min(missing, MOST_PER_READ),
      order: direction,
      ...(cursor !== undefined && { after: cursor }),
    })
    for (const row of page.data) {
      if (row.id === end) return { data: data.slice(0, limit), hasMore: data.length > limit }
      const shown = encode(row)
      if (shown !== null) data.push(shown)
    }
    cursor = page.after
    hasMore = page.has_more
  }
  const shown = data.slice(0, limit)
  return { data: backwards ? shown.reverse() : shown, hasMore: data.length > limit }
}

const opposite = (order: 'asc' | 'desc') => (order === 'asc' ? 'desc' : 'asc')
