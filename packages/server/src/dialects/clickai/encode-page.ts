/** A page by its number, as lists of this API are read that have one. */
export interface NumberedPage<Row> {
  data: Row[]
  has_more: boolean
  limit: number
  total: number
  page: number
}

/** The page of `rows` that is asked for. */
export function encodePage<Row>(
  rows: readonly Row[],
  { page, limit }: { page: number; limit: number },
): NumberedPage<Row> {
  const end = page * limit
  return { data: rows.slice(end - limit, end), has_more: rows.length > end, limit, total: rows.length, page }
}
