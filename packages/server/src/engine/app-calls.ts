import { type FeedbackKind, ParleyError } from '@parley/protocol'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

/** An app that does not want to know of feedback is not asked; the thread has to be the caller's all the same. */
export async function addFeedback<Context>(
  { store }: Parts<Context>,
  { app, context }: Call<Context>,
  feedback: { threadId: string; itemIds: string[]; kind: FeedbackKind },
): Promise<void> {
  await store.loadThread(feedback.threadId, context)
  await app.addFeedback?.(feedback, context)
}

export async function transcribe<Context>(
  { app, context }: Call<Context>,
  { data, mimeType }: { data: Uint8Array; mimeType: string },
): Promise<{ text: string }> {
  if (!app.transcribe) throw new ParleyError('not_configured', 'This app takes no dictation.')
  const mediaType = (mimeType.split(';')[0] ?? '').trim()
  return { text: await app.transcribe({ data, mimeType, mediaType }, context) }
}
