import { useEffect, useState } from 'react'
import { type Failure, toFailure } from './failure.js'

interface Page<Row> {
  data: Row[]
  has_more: boolean
  after?: string | undefined
}

export interface List<Row> {
  /** Absent: the first page is on its way, or it failed. */
  rows?: Row[]
  failure?: Failure
  hasMore: boolean
  isLoading: boolean
  loadMore(): void
  /** From the first page on; what is there stays until it has come. */
  reload(): void
}

interface State<Row> {
  load: LoadPage<Row>
  pages?: Page<Row>[]
  failure?: Failure
  /** What is on its way: the first page, or the one after something. */
  asked: { after?: string | undefined } | null
}

type LoadPage<Row> = (after?: string) => Promise<Page<Row>>

/** A list of the server, page by page, and anew whenever `load` is another function. */
export function useList<Row>(load: LoadPage<Row>): List<Row> {
  const [state, setState] = useState<State<Row>>({ load, asked: {} })
  const { pages, failure, asked } = state
  if (state.load !== load) setState({ ...state, load, asked: {} })

  useEffect(() => {
    if (!asked) return
    let isCurrent = true
    load(asked.after).then(
      (page) =>
        isCurrent &&
        setState(({ pages: before = [] }) => ({
          load,
          pages: asked.after === undefined ? [page] : [...before, page],
          asked: null,
        })),
      (thrown: unknown) => isCurrent && setState((now) => ({ ...now, failure: toFailure(thrown), asked: null })),
    )
    return () => {
      isCurrent = false
    }
  }, [load, asked])

  const last = pages?.at(-1)
  return {
    ...(pages && { rows: pages.flatMap(({ data }) => data) }),
    ...(failure && { failure }),
    hasMore: last?.has_more ?? false,
    isLoading: asked !== null,
    loadMore: () => setState((now) => ({ ...now, asked: { after: last?.after } })),
    reload: () => setState(({ failure: _, ...now }) => ({ ...now, asked: {} })),
  }
}
