import type { ClientError } from '@parley/client'
import type { FeedbackKind, StructuredInputSubmission, UserMessageInput, UserMessageItem } from '@parley/protocol'
import { type OpenStream, reportError, type SessionContext } from './context.js'
import { SENT_ID_PREFIX } from './reduce-event.js'
import type { Runs } from './runs.js'
import { isBusy, lastUserMessage } from './selectors.js'
import type { SendUserMessageParams, WidgetAction } from './session-contract.js'
import { SessionError } from './session-error.js'
import type { Threads } from './threads.js'

/** Everything a person says to the agent: messages, answers to its questions, actions, another try, a thumb. */
export function createMessages(context: SessionContext, runs: Runs, threads: Threads) {
  const { store, client, host, environment } = context

  /** The stream with a key of its own, the same each time it is opened: a start sent twice begins one run. */
  function once(open: OpenStream): OpenStream {
    const key = { 'idempotency-key': environment.randomId() }
    return (init) => open({ ...init, headers: { ...init.headers, ...key } })
  }

  function threadId(): string {
    const id = store.getState().threadId
    if (!id) throw new SessionError('no_thread')
    return id
  }

  function assertFree(): void {
    if (isBusy(store.getState()) || store.getState().loading === 'thread') throw new SessionError('busy')
  }

  function sentItem(input: UserMessageInput, params: SendUserMessageParams): UserMessageItem {
    return {
      id: SENT_ID_PREFIX + environment.randomId(),
      thread_id: store.getState().threadId ?? '',
      created_at: environment.now().toISOString(),
      type: 'user_message',
      content: input.content,
      attachments: params.attachments ?? [],
      inference_options: input.inference_options,
      ...(input.quoted_text && { quoted_text: input.quoted_text }),
    }
  }

  return {
    async sendUserMessage(params: SendUserMessageParams): Promise<void> {
      if (params.newThread) await threads.open(null)
      assertFree()
      const input = toInput(params)
      store.dispatch({ type: 'item.sent', item: sentItem(input, params) })
      const { threadId: thread_id, options } = store.getState()
      const state = { ...options.state, ...params.state }
      const message = { input, ...(Object.keys(state).length > 0 && { state }) }
      await runs.follow(
        once((init) =>
          thread_id
            ? client.threads.addUserMessage({ thread_id, ...message }, init)
            : client.threads.create(message, init),
        ),
      )
    },

    async answerInput(item_id: string, input: StructuredInputSubmission): Promise<void> {
      assertFree()
      const thread_id = threadId()
      await runs.follow(once((init) => client.threads.addStructuredInput({ thread_id, item_id, input }, init)))
      // It was answered in another window: what became of it says more than an error.
      if (store.getState().problem?.stale) await threads.refresh().catch((error) => reportError(host, error))
    },

    async sendCustomAction({ type, payload }: WidgetAction, item_id?: string): Promise<void> {
      assertFree()
      const params = { thread_id: threadId(), action: { type, payload }, ...(item_id !== undefined && { item_id }) }
      await runs.follow(once((init) => client.threads.customAction(params, init)))
    },

    async syncAction({ type, payload }: WidgetAction, item_id: string): Promise<void> {
      const params = { thread_id: threadId(), item_id, action: { type, payload } }
      const { updated_item } = await client.threads.syncCustomAction(params, { headers: context.headers() })
      if (updated_item) store.dispatch({ type: 'item.put', item: updated_item })
    },

    /** Tries again: the lost start as it was, the lost line, or the last question. */
    async retry(itemId?: string): Promise<void> {
      assertFree()
      const state = store.getState()
      if (itemId === undefined) {
        const resent = runs.resend()
        if (resent) return resent
        if (state.problem?.code === 'load') return threads.open(state.threadId)
        if (state.problem?.code === 'network') return threads.refresh()
      }
      const item_id = itemId ?? lastUserMessage(state)?.id
      if (item_id === undefined) throw new SessionError('nothing_to_retry')
      const thread_id = threadId()
      store.dispatch({ type: 'items.removed_after', itemId: item_id })
      await runs.follow(once((init) => client.threads.retryAfterItem({ thread_id, item_id }, init)))
    },

    async sendFeedback(itemIds: string[], kind: FeedbackKind): Promise<void> {
      store.dispatch({ type: 'feedback.set', itemIds, kind })
      const params = { thread_id: threadId(), item_ids: itemIds, kind }
      const sent = client.items.feedback(params, { headers: context.headers() })
      await sent.then(undefined, (error: ClientError) => reportError(host, error))
    },
  }
}

export type Messages = ReturnType<typeof createMessages>

function toInput(params: SendUserMessageParams): UserMessageInput {
  const { text, content, reply, attachments, toolChoice, model } = params
  const parts: UserMessageInput['content'] = content ?? (text ? [{ type: 'input_text', text }] : [])
  const tools = params.tools ?? taggedTools(parts)
  if (parts.length === 0 && !attachments?.length) throw new SessionError('nothing_to_send')
  return {
    content: parts,
    attachments: (attachments ?? []).map(({ id }) => id),
    ...(reply && { quoted_text: reply }),
    inference_options: {
      ...(toolChoice && { tool_choice: { id: toolChoice.id } }),
      ...(tools && { tools }),
      ...(model && { model }),
    },
  }
}

/** A tag may name a tool: those are then all that the app may use. */
function taggedTools(parts: UserMessageInput['content']): string[] | undefined {
  const tools = parts.flatMap((part) => (part.type === 'input_tag' ? part.data.tool : []))
  const names = tools.filter((tool) => typeof tool === 'string')
  return names.length > 0 ? names : undefined
}
