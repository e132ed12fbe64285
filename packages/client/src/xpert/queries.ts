import type { Metadata } from './types.js'

/** Which part of a list: 10 entries from the start unless it says otherwise. */
export interface ListQuery<SortBy extends string = string> {
  limit?: number | undefined
  offset?: number | undefined
  sortBy?: SortBy | undefined
  sortOrder?: 'asc' | 'desc' | undefined
  /** Only these members of each entry. */
  select?: string[] | undefined
}

export type SearchQuery<SortBy extends string = string> = ListQuery<SortBy> & { metadata?: Metadata }

/** What every list starts from, as Xpert's and LangGraph's own clients send it. */
export const PAGE = { limit: 10, offset: 0 }
