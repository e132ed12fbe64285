import type { Page } from '@parley/protocol'

/** The pages of a list, one after the other, for as long as somebody reads on. */
export async function* pagesOf<Row>(
  load: (after: string | undefined) => Promise<Page<Row>>,
  behind?: string,
): AsyncGenerator<Row[]> {
  let after = behind
  do {
    const page = await load(after)
    yield page.data
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
}

/** The whole of a list. */
export async function allRows<Row>(load: (after: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of pagesOf(load)) rows.push(...page)
  return rows
}

/** The same of a list that is told how much to read, the newest first unless asked otherwise. */
export const everyRow = <Row>(
  load: (page: { limit: number; order: 'asc' | 'desc'; after?: string }) => Promise<Page<Row>>,
  order: 'asc' | 'desc' = 'desc',
): Promise<Row[]> => allRows((after) => load({ limit: ROWS, order, ...(after !== undefined && { after }) }))

const ROWS = 100
