import { type FeedbackKind, ParleyError } from '@parley/protocol'
import type { RunFeedback } from './schema.js'

/** What is known of an opinion. */
interface Said {
  kind: FeedbackKind
  content?: string | undefined
}

/** What is thought after this; `null`: nothing any more. @throws {ParleyError} `invalid_request` */
export function decodeFeedback({ score, value, comment }: RunFeedback, known: Said | null): Said | null {
  const rating = score === undefined && isRating(value) ? value : score
  const content = comment ?? (typeof value === 'string' ? value : undefined)
  if (rating === null && content === undefined) return null
  const kind = rating === undefined || rating === null ? known?.kind : kindOf(rating)
  if (kind) return { kind, content: content ?? known?.content }
  throw new ParleyError('invalid_request', 'score is missing: send a number, above 0 for a like, else for a dislike.')
}

/** Thumbs down is 0 in LangChain's own clients. */
const kindOf = (rating: number | boolean): FeedbackKind => (Number(rating) > 0 ? 'positive' : 'negative')

const isRating = (value: unknown): value is number | boolean | null =>
  value === null || typeof value === 'number' || typeof value === 'boolean'
