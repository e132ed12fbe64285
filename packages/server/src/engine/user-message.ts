import {
  type Attachment,
  checkInputs,
  fittingInputs,
  type InputValues,
  type RunEvent,
  type ThreadItem,
  type ThreadMetadata,
  type UserMessageInput,
  type UserMessageItem,
} from '@parley/protocol'
import { presentAttachments } from './attachments.js'
import { planTurn, withTurn } from './branches.js'
import type { Call, MessageOptions, NewThreadOptions } from './engine.js'
import { historyItem } from './history-item.js'
import { withNotes } from './notes.js'
import { type Parts, timestamp } from './parts.js'
import { loadNewer } from './retry.js'
import type { StartPlan } from './start-run.js'
import { isVisible, visibleThread } from './visible.js'

/** A new thread with its first message. Nothing is stored before its attachments are found. */
export async function planNewThread<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  input: UserMessageInput,
  { inputs, state: given, title }: NewThreadOptions = {},
): Promise<StartPlan> {
  const { context } = call
  const created_at = timestamp(parts)
  const bare: ThreadMetadata = {
    id: parts.ids('thread', { context }),
    ...(title !== undefined && { title }),
    created_at,
    status: { type: 'active' },
    metadata: {},
  }
  const values = valuesFor(call, inputs)
  const state = values || given ? { ...values, ...given } : undefined
  const thread = state ? withNotes(bare, { state }, created_at) : bare
  const plan = await planMessage(parts, call, thread, { input })
  const created: RunEvent = { type: 'thread.created', thread: visibleThread(thread) }
  return {
    ...plan,
    writes: { thread, ...plan.writes },
    opening: { events: [created, ...plan.opening.events] },
  }
}

/** The values a thread begins with, if its app asks for any. */
function valuesFor<Context>({ app, variables = {} }: Call<Context>, inputs: InputValues | undefined) {
  if (!app.inputs?.length) return undefined
  return inputs ? checkInputs(app.inputs, inputs) : fittingInputs(app.inputs, variables)
}

export async function planUserMessage<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  { input, options = {} }: { input: UserMessageInput; options?: MessageOptions },
): Promise<StartPlan> {
  const thread = await parts.store.loadThread(threadId, call.context)
  const { behind, branching } = options
  const turn = branching && behind !== undefined ? await planTurn(parts, call.context, { threadId, behind }) : undefined
  const removed = turn ? [] : await loadRemoved(parts, call.context, { threadId, behind })
  const plan = await planMessage(parts, call, thread, { input, options })
  if (turn) return { ...plan, writes: withTurn(plan.writes, turn), back: turn.back }
  if (removed.length === 0) return plan
  return { ...plan, writes: { ...plan.writes, removedItemIds: removed.map(({ id }) => id) } }
}

/** What a message takes the place of. */
async function loadRemoved<Context>(
  { store }: Parts<Context>,
  context: Context,
  { threadId, behind }: { threadId: string; behind: string | null | undefined },
): Promise<ThreadItem[]> {
  if (behind === undefined) return []
  if (behind !== null) await store.loadItem(threadId, behind, context)
  return loadNewer({ store }, context, { thread_id: threadId, id: behind ?? '' })
}

async function planMessage<Context>(
  parts: Parts<Context>,
  { app, context }: Call<Context>,
  thread: ThreadMetadata,
  { input, options: { messageId, history = [] } = {} }: { input: UserMessageInput; options?: MessageOptions },
): Promise<StartPlan> {
  await app.checkMessage?.(input, context)
  const loaded = await Promise.all(input.attachments.map((id) => parts.store.loadAttachment(id, context)))
  const attachments = loaded.map((attachment): Attachment => ({ ...attachment, thread_id: thread.id }))
  const item: UserMessageItem = {
    id: messageId ?? parts.ids('message', { context, thread }),
    thread_id: thread.id,
    created_at: timestamp(parts),
    type: 'user_message',
    content: input.content,
    attachments: await presentAttachments(parts.attachments, attachments, context),
    ...(input.quoted_text !== undefined && { quoted_text: input.quoted_text }),
    inference_options: input.inference_options,
  }
  const earlier = history.map((said) => historyItem(parts, { context, thread }, said))
  const visible = earlier.filter(isVisible)
  return {
    thread,
    trigger: { type: 'user_message', item },
    writes: { attachments, items: [...earlier, item] },
    opening: { events: [...visible, item].map((said) => ({ type: 'thread.item.done', item: said })) },
  }
}
