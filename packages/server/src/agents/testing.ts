import type { Model } from '@openai/agents-core'
import type { RunEvent, ThreadItem } from '@parley/protocol'
import type { ModelSource } from '../models/model-source.js'
import type { RunContext, RunTrigger } from '../runnable/runnable.js'

/** A run's context over a plain list of items, for tests. Ids count up per kind. */
export function testRunContext(items: ThreadItem[], change: Partial<RunContext> = {}): RunContext {
  let count = 0
  const last = items.at(-1)
  const loadItems: RunContext['loadItems'] = async ({ limit, order, after }) => {
    const ordered = order === 'asc' ? items : [...items].reverse()
    const start = after ? ordered.findIndex(({ id }) => id === after) + 1 : 0
    const data = ordered.slice(start, start + limit)
    return { data, has_more: start + limit < items.length, after: data.at(-1)?.id }
  }
  return {
    run: { id: 'run_1', attempt: 1 },
    thread: { id: 'thr_1', created_at: NOW, status: { type: 'active' }, metadata: {} },
    context: {},
    trigger: triggerOf(last ?? userMessage('Hello')),
    titling: true,
    trace: {},
    keepCheckpoint: () => undefined,
    signal: new AbortController().signal,
    loadItems,
    readItems: loadItems,
    loadItem: async (id) => items.find((item) => item.id === id) ?? userMessage('missing'),
    saveItem: async () => undefined,
    loadAttachment: async (id) => ({ type: 'file', id, name: 'notes.txt', mime_type: 'text/plain' }),
    readAttachment: async () => null,
    saveFile: async ({ name, mime_type }) => {
      const id = `atc_${++count}`
      const attachment = { type: 'file', id, name, mime_type } as const
      return { attachment, address: `/api/chatkit/files/${id}?token=t` }
    },
    loadMemory: async () => null,
    saveMemory: async () => undefined,
    afterwards: () => undefined,
    generateId: (kind) => `${kind}_${++count}`,
    ...change,
  }
}

const triggerOf = (item: ThreadItem): RunTrigger =>
  item.type === 'client_tool_call'
    ? { type: 'client_tool_output', item }
    : { type: 'user_message', item: item.type === 'user_message' ? item : userMessage('Hello') }

export const NOW = '2026-01-01T00:00:00.000Z'

export const userMessage = (text: string, id = 'msg_user'): Extract<ThreadItem, { type: 'user_message' }> => ({
  type: 'user_message',
  id,
  thread_id: 'thr_1',
  created_at: NOW,
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
})

export const assistantMessage = (text: string, id: string): ThreadItem => ({
  type: 'assistant_message',
  id,
  thread_id: 'thr_1',
  created_at: NOW,
  content: [{ type: 'output_text', text, annotations: [] }],
})

/** A source that always gives this model. */
export const sourceOf = (model: Model): ModelSource => ({
  kind: 'offline',
  describe: async () => 'a scripted model',
  model: async () => model,
})

/** Everything a run says, and what it failed with. */
export async function readRun(events: AsyncIterable<RunEvent>): Promise<{ events: RunEvent[]; error?: unknown }> {
  const seen: RunEvent[] = []
  try {
    for await (const event of events) seen.push(event)
  } catch (error) {
    return { events: seen, error }
  }
  return { events: seen }
}

/** An event in a few words, for comparing whole runs. */
export function brief(event: RunEvent): string {
  if (event.type === 'thread.item.updated') {
    const { update } = event
    if (update.type === 'assistant_message.content_part.text_delta') return `text ${update.delta}`
    if ('task' in update)
      return `${update.type} ${'title' in update.task ? update.task.title : ''} ${update.task.status_indicator}`
    return update.type
  }
  if ('item' in event) return `${event.type.replace('thread.item.', '')} ${event.item.type}`
  return event.type
}
