import type { ChatKitOptions } from '@parley/element'
import type { ThreadItem, ThreadStreamEvent } from '@parley/protocol'
import type { SampleKind } from '../samples/sample.js'

/** What the live view plays: an open thread, or an empty chat, and what its server answers. */
export interface Scene {
  /** What the person asked. */
  question: string
  /** The answer, as it is stored. */
  items: ThreadItem[]
  /** What is streamed instead of the items, for what a thread does not keep. */
  events: ThreadStreamEvent[] | null
  /** Options of the page beside the look. */
  options: ChatKitOptions
  /** Whether the chat opens with the thread, empty, or by asking. */
  opens: 'thread' | 'empty' | 'asking'
}

/** Fields every stored item has; the samples leave them out. */
export const STORED = { thread_id: 'sample', created_at: '2026-11-20T10:00:00Z' } as const

export function questionItem(text: string): ThreadItem {
  const content = [{ type: 'input_text' as const, text }]
  return { id: 'question', ...STORED, type: 'user_message', content, attachments: [], inference_options: {} }
}

const TITLES: Record<SampleKind, string> = {
  widget: 'Widget, as the server sends it',
  item: 'Item, without its id, thread and time',
  markdown: 'Markdown of the answer',
  events: 'Events the server streams',
  options: 'Options of the page',
}

/** What the source of a sample is. */
export function sourceTitle(kind: SampleKind): string {
  return TITLES[kind]
}
