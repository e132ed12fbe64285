import type { ClientToolCallItem, RunEvent, StructuredInputItem, UserMessageItem, WidgetItem } from '@parley/protocol'
import type { Caller } from '../../app/caller.js'
import { type ChatKitHooks, runnableOf } from '../../chatkit-server/hooks.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { RunContext, Runnable } from '../../runnable/runnable.js'

/** An app that does what a message names: asks the page, asks the person, shows a widget; else it answers. */
export function appForSamples(): Runnable<Caller> {
  const hooks: ChatKitHooks<Caller> = {
    async *respond(thread, message, _, run) {
      const item = itemFor(wordOf(message), run)
      thread.allowed_image_domains = ['images.example.com']
      if (item) yield { type: 'thread.item.done', item } satisfies RunEvent
      else yield* streamText(thread, 'Hello')
    },
    action: (thread) => streamText(thread, 'Ordered'),
    syncAction: async (_, __, sender) => ({ updated_item: sender }),
    transcribe: async () => 'Hello',
  }
  return {
    ...runnableOf(hooks),
    speak: async () => new Uint8Array([1]),
    suggest: async () => ['And then?'],
    inputs: [{ type: 'text-input', variable: 'topic', label: '', required: false }],
  }
}

const wordOf = (message: UserMessageItem | null) => message?.content.map(({ text }) => text).join('') ?? ''

function itemFor(word: string, run: RunContext<Caller>): ClientToolCallItem | StructuredInputItem | WidgetItem | null {
  const head = { thread_id: run.thread.id, created_at: new Date().toISOString() }
  if (word === 'tool') {
    const call = { call_id: 'call_1', name: 'look', arguments: {} }
    return { ...head, id: run.generateId('tool_call'), type: 'client_tool_call', status: 'pending', ...call }
  }
  if (word === 'question') {
    const inputs = [{ type: 'freeform' as const, id: 'QUESTION_ID', question: 'Really?' }]
    return { ...head, id: run.generateId('message'), type: 'structured_input', status: 'pending', inputs }
  }
  if (word !== 'widget') return null
  return { ...head, id: run.generateId('message'), type: 'widget', widget: { type: 'Card', children: [] } }
}
