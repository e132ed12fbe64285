import { toWire } from '../transport/to-wire.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { OfUser } from './messages.js'
import type { ChatConversation, ConversationVariable, ListPage } from './types.js'

export interface ConversationsOf extends OfUser {
  /** The last entry you hold; the page after it comes. */
  lastId?: string
  limit?: number
  sortBy?: 'created_at' | '-created_at' | 'updated_at' | '-updated_at'
}

export interface VariablesOf extends OfUser {
  lastId?: string
  limit?: number
  variableName?: string
}

export const conversationsOf = ({ get, post, put, delete: remove }: Verbs) => ({
  list: ({ signal, headers, ...query }: ConversationsOf) =>
    get<ListPage<ChatConversation>>('/conversations', toWire(query), { signal, headers }),
  /** Without a name one is made from its messages. */
  rename: (conversationId: string, { user, name, ...init }: OfUser & { name?: string }) =>
    post<ChatConversation>(
      `${at('/conversations', conversationId)}/name`,
      name === undefined ? { user, auto_generate: true } : { user, name },
      init,
    ),
  delete: async (conversationId: string, { user, ...init }: OfUser) => {
    await remove(at('/conversations', conversationId), { user }, init)
  },
  variables: (conversationId: string, { signal, headers, ...query }: VariablesOf) =>
    get<ListPage<ConversationVariable>>(`${at('/conversations', conversationId)}/variables`, toWire(query), {
      signal,
      headers,
    }),
  setVariable: (conversationId: string, variableId: string, { user, value, ...init }: OfUser & { value: unknown }) =>
    put<ConversationVariable>(
      `${at('/conversations', conversationId)}/variables/${encodeURIComponent(variableId)}`,
      { user, value },
      init,
    ),
})
