import { matchType, type ThreadItem, type ThreadStreamEvent } from '@parley/protocol'

/**
 * What a socket's reader gets, in the shapes of seed 002 ("WebSocket Events"). `result` is ours: the answer to a request
 * that does not stream.
 */
export type SocketEvent =
  | { type: 'thread.created'; thread: { id: string; title: string; created_at: string } }
  | {
      type: 'message.added'
      message: { id: string; thread_id: string; content: string; role: 'user' | 'assistant'; created_at: string }
    }
  | { type: 'stream.delta'; thread_id: string; delta: string }
  | { type: 'error'; error: { code: string; message: string; retry_after?: number } }
  | { type: 'result'; result: unknown }

/** What is left of the limit with the least left, with the first message of an answer. `reset`: unix seconds. */
export interface SocketRateLimit {
  limit: number
  remaining: number
  reset: number
}

/** One ChatKit event as the socket events it becomes; most become none. `threadId`: the thread the events are of. */
export function encodeForSocket(event: ThreadStreamEvent, threadId: string): SocketEvent[] {
  return matchType<ThreadStreamEvent, SocketEvent[]>(event, {
    'thread.created': ({ thread: { id, title, created_at } }) => [
      { type: 'thread.created', thread: { id, title: title ?? 'New chat', created_at } },
    ],
    'thread.item.done': ({ item }) => addedMessage(item),
    'thread.item.updated': ({ update }) =>
      update.type === 'assistant_message.content_part.text_delta'
        ? [{ type: 'stream.delta', thread_id: threadId, delta: update.delta }]
        : [],
    error: ({ code, message }) => [
      { type: 'error', error: { code, message: message ?? 'The answer broke off. Send the message again.' } },
    ],
    'thread.updated': none,
    'thread.item.added': none,
    'thread.item.removed': none,
    'thread.item.replaced': none,
    stream_options: none,
    progress_update: none,
    client_effect: none,
    notice: none,
  })
}

const none = (): SocketEvent[] => []

function addedMessage(item: ThreadItem): SocketEvent[] {
  if (item.type !== 'user_message' && item.type !== 'assistant_message') return []
  const { id, thread_id, created_at } = item
  const content = item.content.map((part) => part.text).join('')
  const role = item.type === 'user_message' ? 'user' : 'assistant'
  return [{ type: 'message.added', message: { id, thread_id, content, role, created_at } }]
}
