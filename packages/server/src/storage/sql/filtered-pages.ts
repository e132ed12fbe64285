import type { Page } from '@parley/protocol'
import type { PageQuery } from '../store.js'
import { OPEN_END, type Place } from './page.js'
import { all, first, type Script, type Statement, sql, type Value } from './script.js'
import { unknownCursor } from './threads.js'

/** A condition and its value, for which `$` stands; without a value it filters nothing. */
export type Filter = [condition: string, value: Value | undefined]

/** What one list is made of. */
export interface FilteredList<Row, Entry> {
  workspace: string
  filters: Filter[]
  toKey(id: string): string
  toEntry(row: Row): Entry
  idOf(entry: Entry): string
}

/**
 * Pages through the rows of a workspace, whatever the filters. Every combination of filters is a statement of its own,
 * made once, so that each can use an index. A cursor that the filters leave out is unknown.
 *
 * @param columns What follows `select`; the table is called `main` there.
 * @param tables What follows `from`.
 */
export function filteredPages<Row>(columns: string, tables: string) {
  const statements = new Map<string, Statement<unknown>>()

  function made<Of>(text: string): Statement<Of> {
    const statement = statements.get(text) ?? sql(text)
    statements.set(text, statement)
    return statement as Statement<Of> // the same text has the same rows
  }

  return function* readPage<Entry>(
    { limit, order, after }: PageQuery,
    { workspace, filters, toKey, toEntry, idOf }: FilteredList<Row, Entry>,
  ): Script<Page<Entry>> {
    const given = filters.filter((filter): filter is [string, Value] => filter[1] !== undefined)
    const values = [workspace, ...given.map(([, value]) => value)]
    const where = ['main.workspace_id = $1', ...given.map(([condition], index) => fill(condition, index + 2))].join(
      ' and ',
    )
    const next = `$${values.length + 1}`

    let start: Place = OPEN_END[order]
    if (after !== undefined) {
      const place = made<{ sequence: Place }>(
        `select main.sequence from ${tables} where ${where} and main.id = ${next}`,
      )
      const row = yield* first(place, [...values, toKey(after)])
      if (!row) throw unknownCursor()
      start = row.sequence
    }
    const behind = `main.sequence ${order === 'asc' ? '>' : '<'} ${next}`
    const page = `where ${where} and ${behind} order by main.sequence ${order} limit $${values.length + 2}`
    const rows = yield* all(made<Row>(`select ${columns} from ${tables} ${page}`), [...values, start, limit + 1])
    const data = rows.slice(0, limit).map(toEntry)
    const last = data.at(-1)
    return last && rows.length > limit ? { data, has_more: true, after: idOf(last) } : { data, has_more: false }
  }
}

const fill = (condition: string, number: number) => condition.replaceAll('$', () => `$${number}`)
