import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { Conversation, ConversationMessage, Items, MessageFeedback } from './types.js'

/** Values of members, or operators on them: `{ title: { $ilike: '%order%' } }`. */
export interface ItemsQuery {
  where?: Record<string, unknown>
  order?: Record<string, 'ASC' | 'DESC'>
  limit?: number
  offset?: number
  /** A part of the title. */
  search?: string
}

/** Conversations as people see them: titles, messages, thumbs. One conversation is one thread. */
export const conversationsOf = (verbs: Verbs) => {
  const kept = <Entry>(path: string) => ({
    create: (entry: Partial<Entry>, init?: CallInit) => verbs.post<Entry>(path, entry, init),
    get: (id: string, init?: CallInit) => verbs.get<Entry>(at(path, id), undefined, init),
    update: (id: string, change: Partial<Entry>, init?: CallInit) => verbs.patch<Entry>(at(path, id), change, init),
    delete: (id: string, init?: CallInit) => verbs.delete<void>(at(path, id), undefined, init),
    search: (query: ItemsQuery = {}, init?: CallInit) => verbs.search<Items<Entry>>(`${path}/search`, query, init),
  })
  const messages = (conversationId: string) => `${at('/conversations', conversationId)}/messages`

  return {
    ...kept<Conversation>('/conversations'),
    messages: (conversationId: string) => ({
      ...kept<ConversationMessage>(messages(conversationId)),
      /** Oldest first. */
      list: (query: { limit?: number; offset?: number } = {}, init?: CallInit) =>
        verbs.get<Items<ConversationMessage>>(messages(conversationId), query, init),
      feedbacks: (messageId: string) => kept<MessageFeedback>(`${at(messages(conversationId), messageId)}/feedbacks`),
    }),
  }
}
