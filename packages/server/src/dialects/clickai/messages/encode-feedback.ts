import type { FeedbackRecord } from '../../../engine/engine.js'
import type { Feedback } from './schema.js'

export const ratingOf = ({ kind }: Pick<FeedbackRecord, 'kind'>) => (kind === 'positive' ? 'like' : 'dislike')

export const encodeFeedback = (feedback: FeedbackRecord, owner: { userId: string; appId: string }): Feedback => ({
  id: feedback.id,
  app_id: owner.appId,
  conversation_id: feedback.thread_id,
  message_id: feedback.subject_id,
  rating: ratingOf(feedback),
  content: feedback.content ?? null,
  from_source: 'user',
  from_end_user_id: owner.userId,
  from_account_id: null,
  created_at: feedback.created_at,
  updated_at: feedback.updated_at,
})
