/** Which page of a list; left out fields take the server's defaults. */
export interface PageOf {
  limit?: number | undefined
  order?: 'asc' | 'desc' | undefined
  after?: string | undefined
}
