import type { AssistantMessageItem, ThreadStreamEvent } from '@parley/protocol'
import { randomId } from '../base/random-id.js'

/** What a text message may be given besides its text. */
export interface StreamTextOptions {
  /** Makes the item's id; hand in the run's `generateId`. Default: a random one. */
  generateId?(kind: 'message'): string
}

/**
 * An assistant message as the events of its life: `added`, its text as it comes, `done`. An empty text is a message too.
 *
 * @param text The whole text, or its pieces in order (Markdown).
 *
 * @example
 * respond: (thread, input) => streamText(thread, model.stream(textOf(input)))
 */
export async function* streamText(
  thread: { id: string },
  text: string | Iterable<string> | AsyncIterable<string>,
  options: StreamTextOptions = {},
): AsyncGenerator<ThreadStreamEvent> {
  const item: AssistantMessageItem = {
    id: options.generateId?.('message') ?? randomId('msg'),
    thread_id: thread.id,
    created_at: new Date().toISOString(),
    type: 'assistant_message',
    content: [],
  }
  const part = (whole: string) => ({ type: 'output_text' as const, text: whole, annotations: [] })
  yield { type: 'thread.item.added', item }
  yield updated(item.id, { type: 'assistant_message.content_part.added', content_index: 0, content: part('') })
  let whole = ''
  for await (const delta of typeof text === 'string' ? [text] : text) {
    whole += delta
    yield updated(item.id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta })
  }
  yield updated(item.id, { type: 'assistant_message.content_part.done', content_index: 0, content: part(whole) })
  yield { type: 'thread.item.done', item: { ...item, content: [part(whole)] } }
}

type Update = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update']

const updated = (item_id: string, update: Update): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update,
})
