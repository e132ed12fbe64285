import type { Annotation, RunEvent, Thread, ThreadItem } from '@parley/protocol'

const created_at = '2026-11-20T10:00:00Z'

export function threadOf(id: string, more: Partial<Thread> = {}): Thread {
  return { id, created_at, status: { type: 'active' }, metadata: {}, items: { data: [], has_more: false }, ...more }
}

export function userItem(id: string, text: string, thread_id = 'thr_1'): ThreadItem {
  const content = [{ type: 'input_text' as const, text }]
  return { id, thread_id, created_at, type: 'user_message', content, attachments: [], inference_options: {} }
}

export function answerItem(id: string, text: string, annotations: Annotation[] = [], thread_id = 'thr_1'): ThreadItem {
  return { id, thread_id, created_at, type: 'assistant_message', content: [{ type: 'output_text', text, annotations }] }
}

export const done = (item: ThreadItem): RunEvent => ({ type: 'thread.item.done', item })

export const runStarted = (thread_id = 'thr_1'): RunEvent => ({
  type: 'run.started',
  run_id: 'run_1',
  thread_id,
  attempt: 1,
})

export const runEnded: RunEvent = { type: 'run.ended', run_id: 'run_1', status: 'completed' }

export const allowCancel: RunEvent = { type: 'stream_options', stream_options: { allow_cancel: true } }

/** An answer begins: an empty message with one empty part. */
export function answerOpens(id: string): RunEvent[] {
  const item: ThreadItem = { id, thread_id: 'thr_1', created_at, type: 'assistant_message', content: [] }
  const content = { type: 'output_text' as const, text: '', annotations: [] }
  return [
    { type: 'thread.item.added', item },
    {
      type: 'thread.item.updated',
      item_id: id,
      update: { type: 'assistant_message.content_part.added', content_index: 0, content },
    },
  ]
}

export function delta(id: string, text: string): RunEvent {
  return {
    type: 'thread.item.updated',
    item_id: id,
    update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
  }
}
