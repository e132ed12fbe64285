import { type FeedbackKind, ParleyError } from '@parley/protocol'
import type { Call, RunStream } from '../../../engine/engine.js'
import { keptKeysSchema, type RunFeedback } from './schema.js'

/** Signed addresses at which anybody who holds one says what they think of a run. */
export interface FeedbackAddresses<Context> {
  addressOf(run: { id: string; threadId: string }, context: Context): Promise<string>
  /** A call in the name of whoever the run belongs to; `null`: nothing of this server signed the address, or too long ago. */
  callAt(request: Request, runId: string): Promise<Call<Context> | null>
}

/** Where feedback on a run is taken, by the keys it was started with: one opinion, so one address for all of them. */
export async function feedbackOf<Context>(
  addresses: FeedbackAddresses<Context> | undefined,
  run: RunStream['run'],
  context: Context,
): Promise<Record<string, string> | undefined> {
  const kept = keptKeysSchema.safeParse(run.request)
  if (!addresses || !kept.success) return undefined
  const address = await addresses.addressOf(run, context)
  return Object.fromEntries(kept.data.feedback_keys.map((key) => [key, address]))
}

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
