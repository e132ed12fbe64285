import type { ThreadItem, UserMessageItem } from '@parley/protocol'
import type { FeedbackRecord, NotedThread, RunRecord } from '../../../engine/engine.js'
import { notesOf } from '../../../engine/notes.js'
import { NO_APP } from '../../../engine/user-threads.js'
import { encodeContent } from '../chat/encode-content.js'
import type { ChatContent } from '../chat/event-schema.js'
import { encodeThread, type ThreadParts } from '../threads/encode.js'
import { type Conversation, type Feedback, type Goal, goalSchema, type Message } from './schema.js'

/** A thread as a conversation, under the same id. */
export function encodeConversation(parts: ThreadParts, endUser?: string): Conversation {
  const { thread, owner, run } = parts
  const { status, created_at, updated_at } = encodeThread({ thread, owner, run })
  const { options, projectId, from } = notesOf(thread).metadata ?? {}
  return {
    id: thread.id,
    threadId: thread.id,
    title: thread.title,
    status,
    from: typeof from === 'string' ? from : 'api',
    fromEndUserId: endUser,
    options: isObject(options) ? options : undefined,
    error: status === 'error' ? problemOf(run) : undefined,
    xpertId: owner.appId === NO_APP ? undefined : owner.appId,
    projectId: typeof projectId === 'string' ? projectId : undefined,
    createdAt: created_at,
    updatedAt: updated_at,
  }
}

/** What a conversation is for, as it is noted on its thread. */
export function encodeGoal(thread: NotedThread): Goal | undefined {
  const { goal } = notesOf(thread).metadata ?? {}
  if (!isObject(goal)) return undefined
  const { id } = thread
  return goalSchema.safeParse({ status: 'active', ...goal, id, conversationId: id, threadId: id }).data
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const problemOf = (run: RunRecord | undefined) => run?.error?.message ?? 'The answer could not be completed.'

/** What somebody wrote. */
export function encodeHuman(item: UserMessageItem): Message {
  const { id, thread_id, content, attachments, quoted_text, created_at, inference_options } = item
  const { tools } = inference_options
  return {
    id,
    conversationId: thread_id,
    threadId: thread_id,
    role: 'human',
    content: content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join(''),
    references: quoted_text === undefined ? undefined : [{ type: 'quote', text: quoted_text }],
    fileAssets:
      attachments.length === 0
        ? undefined
        : attachments.map((file) => ({ id: file.id, originalName: file.name, mimeType: file.mime_type })),
    runtimeCapabilities: tools && { mode: 'allowlist', skills: { ids: [] }, plugins: { nodeKeys: tools } },
    status: 'success',
    createdAt: created_at,
    updatedAt: created_at,
  }
}

const STATUSES: Record<RunRecord['status'], Message['status']> = {
  queued: 'thinking',
  running: 'thinking',
  waiting: 'interrupted',
  completed: 'success',
  failed: 'error',
  cancelled: 'aborted',
  interrupted: 'error',
}

/** A whole answer: what a run wrote, under the id of the run. */
export function encodeAnswer(run: RunRecord, items: readonly ThreadItem[]): Message {
  const status = STATUSES[run.status]
  return {
    id: run.id,
    conversationId: run.thread_id,
    threadId: run.thread_id,
    role: 'ai',
    content: contentOf(items),
    status,
    error: status === 'error' ? problemOf(run) : undefined,
    executionId: run.id,
    createdAt: run.created_at,
    updatedAt: run.ended_at ?? run.created_at,
  }
}

/** Something an assistant said elsewhere. */
export const encodeSaid = (item: ThreadItem): Message => ({
  id: item.id,
  conversationId: item.thread_id,
  threadId: item.thread_id,
  role: 'ai',
  content: contentOf([item]),
  status: 'success',
  createdAt: item.created_at,
  updatedAt: item.created_at,
})

/** An answer that is text alone is that text; others are the pieces they were streamed as. */
function contentOf(items: readonly ThreadItem[]): Message['content'] {
  const pieces = items.flatMap(encodeContent)
  const texts = pieces.filter((piece: ChatContent) => piece.type === 'text')
  return texts.length === pieces.length ? texts.map(({ text }) => text).join('\n\n') : pieces
}

export const encodeFeedback = (feedback: FeedbackRecord): Feedback => ({
  id: feedback.id,
  conversationId: feedback.thread_id,
  messageId: feedback.subject_id,
  rating: feedback.kind === 'positive' ? 'like' : 'dislike',
  content: feedback.content,
  createdAt: feedback.created_at,
  updatedAt: feedback.updated_at,
})
