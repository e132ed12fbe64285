import { type ReactNode, useRef } from 'react'
import { useKeptFocus } from '../api/use-kept-focus.js'
import type { List } from '../api/use-list.js'
import { Empty } from './empty.js'
import { More } from './more.js'
import { Outcome } from './outcome.js'

interface ListingProps<Row> {
  list: List<Row>
  /** What stands there without a row: what would be here, and what to do first. */
  empty: ReactNode
  /** One row, as an `li` with a key. */
  children(row: Row): ReactNode
}

/** The rows of a list, or what is there instead of them, and its end. */
export function Listing<Row>({ list, empty, children }: ListingProps<Row>) {
  const place = useRef<HTMLDivElement>(null)
  useKeptFocus(place, list.rows?.length)
  return (
    <div className="listing" ref={place} tabIndex={-1}>
      <Outcome value={list.rows} failure={list.failure} reload={list.reload}>
        {(rows) => (rows.length === 0 ? <Empty>{empty}</Empty> : <ul className="rows">{rows.map(children)}</ul>)}
      </Outcome>
      <More list={list} />
    </div>
  )
}
