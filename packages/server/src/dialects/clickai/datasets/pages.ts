import type { Page } from '@parley/protocol'
import { z } from 'zod'
import { checkBody } from '../../check-body.js'
import { queryOf } from '../decode.js'

const count = z
  .string()
  .regex(/^\d{1,9}$/, 'it must be a whole number')
  .transform(Number)

const MOST_ROWS = 100

const pageQuerySchema = z.object({
  page: count.pipe(z.number().min(1)).default(1),
  limit: count
    .pipe(z.number().min(1))
    .transform((limit) => Math.min(limit, MOST_ROWS))
    .default(20),
})

/** A page by its number, as the lists of this API are read. */
export interface NumberedPage<Row> {
  data: Row[]
  has_more: boolean
  limit: number
  total: number
  page: number
}

/** The page of `rows` that a request asks for. @throws {ParleyError} `invalid_request` */
export function numberedPage<Row>(request: Request, rows: readonly Row[]): NumberedPage<Row> {
  const { page, limit } = checkBody(pageQuerySchema, queryOf(request))
  const end = page * limit
  return { data: rows.slice(end - limit, end), has_more: rows.length > end, limit, total: rows.length, page }
}

/** All rows of a list that is read page by page: lists of this API have a total, which is known of whole lists alone. */
export async function everyRow<Row>(
  load: (page: { limit: number; order: 'asc' | 'desc'; after?: string }) => Promise<Page<Row>>,
  order: 'asc' | 'desc' = 'desc',
): Promise<Row[]> {
  const rows: Row[] = []
  let after: string | undefined
  do {
    const page = await load({ limit: 100, order, ...(after !== undefined && { after }) })
    rows.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return rows
}

/** The values of a parameter that may come several times, or with commas between them. */
export const valuesOf = (request: Request, name: string): string[] =>
  new URL(request.url).searchParams
    .getAll(name)
    .flatMap((values) => values.split(','))
    .filter(Boolean)
