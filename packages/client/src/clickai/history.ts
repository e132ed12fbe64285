import { toWire } from '../transport/to-wire.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { OfUser } from './messages.js'
import type { ClickAIMessage, ListPage } from './types.js'

export interface MessagesOf extends OfUser {
  conversationId: string
  /** The oldest message you hold; the page before it comes. Absent: the newest. */
  firstId?: string | undefined
  limit?: number | undefined
}

export interface FeedbackParams extends OfUser {
  /** `null` takes it back. */
  rating: 'like' | 'dislike' | null
  content?: string | undefined
}

/** What was said before. */
export const historyOf = ({ get, post }: Verbs) => ({
  /** Oldest first within a page. */
  list: ({ signal, headers, ...query }: MessagesOf) =>
    get<ListPage<ClickAIMessage>>('/messages', toWire(query), { signal, headers }),
  feedback: async (messageId: string, { signal, headers, ...body }: FeedbackParams) => {
    await post(`${at('/messages', messageId)}/feedbacks`, body, { signal, headers })
  },
  /** What could be asked next. */
  suggested: async (messageId: string, { user, ...init }: OfUser) =>
    (await get<{ data: string[] }>(`${at('/messages', messageId)}/suggested`, { user }, init)).data,
})
