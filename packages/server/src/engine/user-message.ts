import type { Attachment, RunEvent, ThreadMetadata, UserMessageInput, UserMessageItem } from '@parley/protocol'
import { presentAttachments } from './attachments.js'
import type { Call } from './engine.js'
import { type Parts, timestamp } from './parts.js'
import type { StartPlan } from './start-run.js'
import { visibleThread } from './visible.js'

/** A new thread with its first message. Nothing is stored before its attachments are found. */
export async function planNewThread<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  input: UserMessageInput,
): Promise<StartPlan> {
  const { context } = call
  const thread: ThreadMetadata = {
    id: parts.ids('thread', { context }),
    created_at: timestamp(parts),
    status: { type: 'active' },
    metadata: {},
  }
  const plan = await planMessage(parts, call, thread, input)
  const created: RunEvent = { type: 'thread.created', thread: visibleThread(thread) }
  return {
    ...plan,
    writes: { thread, ...plan.writes },
    opening: { events: [created, ...plan.opening.events] },
  }
}

export async function planUserMessage<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  input: UserMessageInput,
): Promise<StartPlan> {
  return planMessage(parts, call, await parts.store.loadThread(threadId, call.context), input)
}

async function planMessage<Context>(
  parts: Parts<Context>,
  { app, context }: Call<Context>,
  thread: ThreadMetadata,
  input: UserMessageInput,
): Promise<StartPlan> {
  await app.checkMessage?.(input, context)
  const loaded = await Promise.all(input.attachments.map((id) => parts.store.loadAttachment(id, context)))
  const attachments = loaded.map((attachment): Attachment => ({ ...attachment, thread_id: thread.id }))
  const item: UserMessageItem = {
    id: parts.ids('message', { context, thread }),
    thread_id: thread.id,
    created_at: timestamp(parts),
    type: 'user_message',
    content: input.content,
    attachments: await presentAttachments(parts.attachments, attachments, context),
    ...(input.quoted_text !== undefined && { quoted_text: input.quoted_text }),
    inference_options: input.inference_options,
  }
  return {
    thread,
    trigger: { type: 'user_message', item },
    writes: { attachments, items: [item] },
    opening: { events: [{ type: 'thread.item.done', item }] },
  }
}
