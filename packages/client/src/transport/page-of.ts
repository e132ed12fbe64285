/** Which page of a list; left out fields take the server's defaults. */
export interface PageOf {
  limit?: number
  order?: 'asc' | 'desc'
  after?: string
}
