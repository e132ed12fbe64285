import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { ChatConversation, ChatMessage, ChatMessageFeedback, Pagination } from './types.js'

/** Values of members, or operators on them: `{ title: { $ilike: '%order%' } }`. */
export interface ItemsQuery {
  where?: Record<string, unknown> | undefined
  order?: Record<string, 'ASC' | 'DESC'> | undefined
  limit?: number | undefined
  offset?: number | undefined
}

export interface ConversationsQuery extends ItemsQuery {
  /** A part of the title. */
  search?: string | undefined
}

type PartOf = Pick<ItemsQuery, 'limit' | 'offset'>

/** Conversations as people see them: titles, messages, thumbs. One conversation is one thread. */
export const conversationsOf = ({ get, post, search, patch, delete: remove }: Verbs) => {
  const one = (conversationId: string) => at('/conversations', conversationId)
  const messages = (conversationId: string) => `${one(conversationId)}/messages`
  const feedbacks = (conversationId: string, messageId: string) =>
    `${at(messages(conversationId), messageId)}/feedbacks`

  return {
    create: (conversation: Partial<ChatConversation>, init?: CallInit) =>
      post<ChatConversation>('/conversations', conversation, init),
    get: (conversationId: string, init?: CallInit) => get<ChatConversation>(one(conversationId), undefined, init),
    update: (conversationId: string, change: Partial<ChatConversation>, init?: CallInit) =>
      patch<ChatConversation>(one(conversationId), change, init),
    delete: (conversationId: string, init?: CallInit) => remove<void>(one(conversationId), undefined, init),
    search: (query: ConversationsQuery = {}, init?: CallInit) =>
      search<Pagination<ChatConversation>>('/conversations/search', query, init),

    /** Oldest first. */
    listMessages: (conversationId: string, query: PartOf = {}, init?: CallInit) =>
      get<Pagination<ChatMessage>>(messages(conversationId), query, init),
    searchMessages: (conversationId: string, query: ItemsQuery = {}, init?: CallInit) =>
      search<Pagination<ChatMessage>>(`${messages(conversationId)}/search`, query, init),
    createMessage: (conversationId: string, message: Partial<ChatMessage>, init?: CallInit) =>
      post<ChatMessage>(messages(conversationId), message, init),
    getMessage: (conversationId: string, messageId: string, init?: CallInit) =>
      get<ChatMessage>(at(messages(conversationId), messageId), undefined, init),
    updateMessage: (conversationId: string, messageId: string, change: Partial<ChatMessage>, init?: CallInit) =>
      patch<ChatMessage>(at(messages(conversationId), messageId), change, init),
    deleteMessage: (conversationId: string, messageId: string, init?: CallInit) =>
      remove<void>(at(messages(conversationId), messageId), undefined, init),

    listFeedbacks: (conversationId: string, messageId: string, query: PartOf = {}, init?: CallInit) =>
      get<Pagination<ChatMessageFeedback>>(feedbacks(conversationId, messageId), query, init),
    searchFeedbacks: (conversationId: string, messageId: string, query: ItemsQuery = {}, init?: CallInit) =>
      search<Pagination<ChatMessageFeedback>>(`${feedbacks(conversationId, messageId)}/search`, query, init),
    /** A thumb on an answer. */
    createFeedback: (
      conversationId: string,
      messageId: string,
      feedback: Partial<ChatMessageFeedback>,
      init?: CallInit,
    ) => post<ChatMessageFeedback>(feedbacks(conversationId, messageId), feedback, init),
    getFeedback: (conversationId: string, messageId: string, feedbackId: string, init?: CallInit) =>
      get<ChatMessageFeedback>(at(feedbacks(conversationId, messageId), feedbackId), undefined, init),
    updateFeedback: (
      conversationId: string,
      messageId: string,
      feedbackId: string,
      change: Partial<ChatMessageFeedback>,
      init?: CallInit,
    ) => patch<ChatMessageFeedback>(at(feedbacks(conversationId, messageId), feedbackId), change, init),
    deleteFeedback: (conversationId: string, messageId: string, feedbackId: string, init?: CallInit) =>
      remove<void>(at(feedbacks(conversationId, messageId), feedbackId), undefined, init),
  }
}
