/** Only the fields a caller asked for; all of them when it did not ask. */
function pick<Row extends object>(row: Row, fields: readonly string[] | null | undefined): Partial<Row> {
  if (!fields || fields.length === 0) return row
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name))) as Partial<Row> // fields of a row
}

/** Rows in the order of one of their fields, equal ones as they came. */
export function sorted<Row extends object>(rows: Row[], by: keyof Row, order: 'asc' | 'desc'): Row[] {
  const sign = order === 'asc' ? 1 : -1
  return rows.toSorted((left, right) => sign * compare(String(left[by] ?? ''), String(right[by] ?? '')))
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)

/** How a client wants a list: its order, which part of it, and which fields. */
interface WantedList<Row> {
  limit: number
  offset: number
  sort_by?: keyof Row | null | undefined
  sort_order?: 'asc' | 'desc' | null | undefined
  select?: readonly string[] | null | undefined
}

/** The wanted part of all rows, newest first unless it is said otherwise. */
export function pageOf<Row extends { created_at: string }>(
  rows: Row[],
  { limit, offset, sort_by, sort_order, select }: WantedList<Row>,
): Response {
  const inOrder = sorted(rows, sort_by ?? 'created_at', sort_order ?? 'desc')
  return partOf(inOrder.slice(offset, offset + limit), { offset, hasMore: inOrder.length > offset + limit, select })
}

/** One part of a list; the client learns from a header where the next one starts. */
export function partOf<Row extends object>(
  rows: Row[],
  { offset, hasMore, select }: { offset: number; hasMore: boolean; select?: readonly string[] | null | undefined },
): Response {
  const headers: Record<string, string> = hasMore ? { 'x-pagination-next': String(offset + rows.length) } : {}
  return Response.json(
    rows.map((row) => pick(row, select)),
    { headers },
  )
}
