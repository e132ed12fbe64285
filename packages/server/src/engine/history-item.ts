import type { ThreadItem, ThreadMetadata } from '@parley/protocol'
import type { HistoryMessage } from './engine.js'
import { type Parts, timestamp } from './parts.js'

/** What was said elsewhere, as an item of a thread. */
export function historyItem<Context>(
  parts: Parts<Context>,
  about: { context: Context; thread: ThreadMetadata },
  { id, role, text }: HistoryMessage,
): ThreadItem {
  const head = { id: id ?? parts.ids('message', about), thread_id: about.thread.id, created_at: timestamp(parts) }
  return BY_ROLE[role](head, text)
}

type Head = Pick<ThreadItem, 'id' | 'thread_id' | 'created_at'>

const BY_ROLE: Record<HistoryMessage['role'], (head: Head, text: string) => ThreadItem> = {
  user: (head, text) => ({
    ...head,
    type: 'user_message',
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  }),
  assistant: (head, text) => ({
    ...head,
    type: 'assistant_message',
    content: [{ type: 'output_text', text, annotations: [] }],
  }),
  system: (head, text) => ({ ...head, type: 'hidden_context_item', content: text }),
}
