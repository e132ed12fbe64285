import type { AssistantMessageItem, Attachment, ThreadMetadata, UserMessageItem } from '@parley/protocol'
import type { RunRecord } from '../storage/store.js'

/** Equal everywhere, so that nothing but the order of writing tells rows apart. */
const CREATED_AT = '2026-11-20T12:00:00.000Z'

/** A thread without anything special. */
export function sampleThread(id: string, fields: Partial<ThreadMetadata> = {}): ThreadMetadata {
  return { id, created_at: CREATED_AT, status: { type: 'active' }, metadata: {}, ...fields }
}

/** A message a person sent. */
export function sampleUserMessage(id: string, threadId: string, text = id): UserMessageItem {
  return {
    id,
    thread_id: threadId,
    created_at: CREATED_AT,
    type: 'user_message',
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  }
}

/** An answer of one text part. */
export function sampleAnswer(id: string, threadId: string, text = id): AssistantMessageItem {
  return {
    id,
    thread_id: threadId,
    created_at: CREATED_AT,
    type: 'assistant_message',
    content: [{ type: 'output_text', text, annotations: [] }],
  }
}

/** A file that was uploaded. */
export function sampleAttachment(id: string): Attachment {
  return { id, type: 'file', name: 'report.pdf', mime_type: 'application/pdf', metadata: { path: `/files/${id}` } }
}

/** A run that has just started. */
export function sampleRun(id: string, threadId: string, fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    thread_id: threadId,
    status: 'running',
    attempt: 1,
    trigger: { type: 'user_message' },
    last_sequence: 0,
    created_at: CREATED_AT,
    ...fields,
  }
}
