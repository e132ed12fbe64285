/** Searches the web at some service. @throws {SearchError} with the cure */
export type SearchWeb = (query: string, options: { limit: number; signal?: AbortSignal }) => Promise<WebResult[]>

export interface WebResult {
  url: string
  title: string
  /** What the page says about it; may be empty. */
  text: string
}

/** The service could not be asked. The message says what the operator has to do. */
export class SearchError extends Error {
  override readonly name = 'SearchError'
}
