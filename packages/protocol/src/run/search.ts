import { z } from 'zod'
import { requestSchema } from '../chatkit/requests.js'
import type { Thread } from '../chatkit/threads.js'
import { absentable, idSchema, indexSchema, LIMITS } from '../chatkit/wire.js'

/** Reads a request for the caller's threads that hold every word of `query` in their title or in one message. */
export const threadSearchRequestSchema = requestSchema(
  'threads.search',
  z.object({
    query: z.string().max(LIMITS.labelLength),
    limit: absentable(indexSchema),
    after: absentable(idSchema),
  }),
)

/** A thread that `threads.search` found. Marks are ranges `[from, to)` of what was looked for. Parley's own. */
export interface ThreadMatch {
  /** As in `threads.list`. */
  thread: Thread
  title_marks: [number, number][]
  /** The newest message that holds the words, cut around the first; absent when it is the title alone. */
  excerpt?: { item_id: string; text: string; marks: [number, number][] }
}

/** A page of `threads.search`, newest threads first; `after` is the id of its last thread. Parley's own. */
export interface ThreadMatchPage {
  data: ThreadMatch[]
  has_more: boolean
  after?: string | undefined
}
