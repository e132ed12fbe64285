import { toWire } from '../transport/to-wire.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { OfUser } from './messages.js'
import type { ClickAIConversation, ConversationVariable, ListPage } from './types.js'

export interface ConversationsOf extends OfUser {
  /** The last entry you hold; the page after it comes. */
  lastId?: string | undefined
  limit?: number | undefined
  sortBy?: 'created_at' | '-created_at' | 'updated_at' | '-updated_at' | undefined
}

export interface VariablesOf extends OfUser {
  lastId?: string | undefined
  limit?: number | undefined
  variableName?: string | undefined
}

export const conversationsOf = ({ get, post, put, delete: remove }: Verbs) => ({
  list: ({ signal, headers, ...query }: ConversationsOf) =>
    get<ListPage<ClickAIConversation>>('/conversations', toWire(query), { signal, headers }),
  /** Without a name one is made from its messages. */
  rename: (conversationId: string, { user, name, ...init }: OfUser & { name?: string }) =>
    post<ClickAIConversation>(
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
