import type { AnswerChunk, ClickAIEvent } from './stream-events.js'
import type { RetrieverResource, Usage } from './types.js'

/** A whole answer. */
export interface Answer {
  answer: string
  /** Goes into the next message of the same conversation; absent in text generation. */
  conversationId?: string
  messageId: string
  /** Stops the answer while it is being written. */
  taskId: string
  usage?: Usage
  /** The passages it rests on. */
  resources: RetrieverResource[]
  createdAt: Date
}

/** What a blocking call is answered with. Source: ClickAI REST API, chat and completion messages. */
export interface AnswerReply {
  task_id: string
  id: string
  message_id?: string
  conversation_id?: string
  answer: string
  metadata?: { usage?: Usage; retriever_resources?: RetrieverResource[] }
  created_at: number
}

export const toAnswer = (reply: AnswerReply): Answer => ({
  answer: reply.answer,
  ...(reply.conversation_id !== undefined && { conversationId: reply.conversation_id }),
  messageId: reply.message_id ?? reply.id,
  taskId: reply.task_id,
  ...(reply.metadata?.usage && { usage: reply.metadata.usage }),
  resources: reply.metadata?.retriever_resources ?? [],
  createdAt: new Date(reply.created_at * 1000),
})

/**
 * An answer while it is being written, once through: its pieces with `for await`, or every event with `events()`. What
 * is known of it grows on the way: the ids with the first event, the usage with the last.
 */
export class AnswerStream implements AsyncIterable<AnswerChunk> {
  conversationId?: string | undefined
  messageId?: string | undefined
  taskId?: string | undefined
  usage?: Usage | undefined
  resources: RetrieverResource[] = []
  readonly #events: AsyncGenerator<ClickAIEvent, void, undefined>

  constructor(events: AsyncGenerator<ClickAIEvent, void, undefined>) {
    this.#events = events
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AnswerChunk, void, undefined> {
    for await (const event of this.events())
      if (event.event === 'message' || event.event === 'agent_message') yield event
  }

  async *events(): AsyncGenerator<ClickAIEvent, void, undefined> {
    for await (const event of this.#events) {
      this.conversationId ??= event.conversation_id
      this.messageId ??= event.message_id
      this.taskId ??= event.task_id
      if (event.event === 'message_end') {
        this.usage = event.metadata.usage
        this.resources = event.metadata.retriever_resources ?? []
      }
      yield event
    }
  }
}
