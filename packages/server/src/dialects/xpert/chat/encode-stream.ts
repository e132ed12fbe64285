import { matchType, type RunEvent, type ThreadItem, type ThreadItemUpdate } from '@parley/protocol'
import type { Frame } from '../runs/encode-events.js'
import { encodeInterrupt } from '../threads/encode-interrupt.js'
import type { WireThread } from '../threads/schema.js'
import { encodeContent, partId } from './encode-content.js'
import { createChatSteps } from './encode-steps.js'
import type { ChatContent, ChatEventName, ChatFrame, MessageStatus } from './event-schema.js'

/** What the stream of a run says of its conversation. */
export interface ConversationHead {
  id: string
  title?: string | undefined
  createdAt: string
  /** The client's own id of the message it sent. */
  clientMessageId?: string | undefined
  agentKey: string
  /** How long the run has taken; `undefined` where nobody knows. */
  elapsedMs(): number | undefined
}

/** What ends with a run: its message, and its conversation's turn. */
const ENDS: Record<RunStatusAtEnd | 'paused', { message: MessageStatus; conversation: WireThread['status'] }> = {
  completed: { message: 'success', conversation: 'idle' },
  waiting: { message: 'interrupted', conversation: 'interrupted' },
  paused: { message: 'interrupted', conversation: 'paused' },
  failed: { message: 'error', conversation: 'error' },
  interrupted: { message: 'error', conversation: 'error' },
  cancelled: { message: 'aborted', conversation: 'idle' },
}
type RunStatusAtEnd = Extract<RunEvent, { type: 'run.ended' }>['status']

/** What a failure reads like that has no words of its own. */
const FAILED = 'The answer could not be completed. Please try again.'

/**
 * A run in the words of Xpert's chat, for one reader: give it every event of the run in order, from the first.
 */
export function createChatEncoder(head: ConversationHead): (event: RunEvent) => Frame[] {
  const steps = createChatSteps()
  /** Messages whose text was sent as it was written. */
  const written = new Set<string>()
  const questions = new Map<string, ThreadItem>()
  let title = head.title
  let runId = ''
  let hasBegun = false
  let userMessage: { id: string; createdAt: string } | undefined
  let problem: string | undefined
  let isPaused = false
  let used: Record<string, number | string | undefined> | undefined

  const begin = (): ChatFrame[] => {
    if (hasBegun) return []
    hasBegun = true
    const { id, createdAt, clientMessageId, agentKey } = head
    const message = userMessage && { ...userMessage, clientMessageId }
    const updatedAt = userMessage?.createdAt ?? createdAt
    return [
      event('on_conversation_start', { id, title, status: 'busy', createdAt, updatedAt, userMessage: message }),
      event('on_message_start', { ...messageOf('thinking'), content: '', agentKey, createdAt: updatedAt }),
      event('on_agent_start', { id: runId, agentKey, status: 'running' }),
    ]
  }

  const messageOf = (status: MessageStatus) => ({
    id: runId,
    conversationId: head.id,
    executionId: runId,
    role: 'ai',
    status,
  })

  const end = (status: RunStatusAtEnd): ChatFrame[] => {
    const { message, conversation } = ENDS[problem !== undefined ? 'failed' : isPaused ? 'paused' : status]
    const error = message === 'error' ? (problem ?? FAILED) : undefined
    const outcome = message === 'error' ? 'error' : message
    return [
      event('on_agent_end', {
        id: runId,
        agentKey: head.agentKey,
        status: outcome,
        error,
        elapsedTime: head.elapsedMs(),
        ...used,
      }),
      event('on_message_end', { ...messageOf(message), error }),
      event('on_conversation_end', { id: head.id, title, status: conversation, error }),
      { type: 'complete' },
    ]
  }

  const update = (itemId: string, change: ThreadItemUpdate): ChatFrame[] =>
    matchType<ThreadItemUpdate, ChatFrame[]>(change, {
      'assistant_message.content_part.added': ({ content_index, content: { text } }) => {
        written.add(itemId)
        return text === '' ? [] : [message({ type: 'text', text, id: partId(itemId, content_index) })]
      },
      'assistant_message.content_part.text_delta': ({ content_index, delta }) => {
        written.add(itemId)
        return [message({ type: 'text', text: delta, id: partId(itemId, content_index) })]
      },
      'workflow.task.added': ({ task, task_index }) => steps.task(itemId, task_index, task).map(message),
      'workflow.task.updated': ({ task, task_index }) => steps.task(itemId, task_index, task).map(message),
      'assistant_message.content_part.annotation_added': none,
      'assistant_message.content_part.done': none,
      'widget.streaming_text.value_delta': none,
      'widget.component.updated': none,
      'widget.root.updated': none,
      'generated_image.updated': none,
    })

  const frames = (one: RunEvent): ChatFrame[] =>
    matchType<RunEvent, ChatFrame[]>(one, {
      'run.started': ({ run_id }) => {
        runId = run_id
        isPaused = false
        return []
      },
      'thread.created': none,
      'thread.item.added': ({ item }) => (item.type === 'workflow' ? steps.workflow(item).map(message) : []),
      'thread.item.updated': ({ item_id, update: change }) => update(item_id, change),
      'thread.item.done': ({ item }) => {
        if (item.type === 'user_message') userMessage = { id: item.id, createdAt: item.created_at }
        if (isQuestion(item)) questions.set(item.id, item)
        if (item.type === 'workflow') return steps.workflow(item).map(message)
        if (isQuestion(item) || written.has(item.id)) return []
        return encodeContent(item).map(message)
      },
      'thread.item.replaced': ({ item }) => (item.type === 'workflow' ? steps.workflow(item).map(message) : []),
      'thread.item.removed': none,
      'thread.updated': ({ thread }) => {
        if (thread.title === undefined || thread.title === title) return []
        title = thread.title
        return [event('on_chat_event', { type: 'conversation_title_summary', title })]
      },
      stream_options: none,
      progress_update: ({ text }) => [event('on_chat_event', { title: text, status: 'running' })],
      client_effect: ({ name, data }) => [event('on_client_effect', { name, args: data })],
      notice: ({ level, title: heading, message: text }) => [
        event('on_chat_event', {
          title: heading ?? text,
          message: text,
          status: level === 'danger' ? 'fail' : 'success',
        }),
      ],
      error: ({ message: text }) => {
        problem = text ?? FAILED
        return []
      },
      'run.waiting': ({ item_id, reason }) => {
        isPaused = reason === 'pause'
        const question = questions.get(item_id ?? '')
        const interrupt = question && encodeInterrupt(question)
        return interrupt
          ? [event('on_interrupt', { tasks: [{ id: runId, name: 'agent', path: [], interrupts: [interrupt] }] })]
          : []
      },
      'run.usage': ({ usage: { input_tokens, output_tokens, total_tokens, cost_usd } }) => {
        const price = cost_usd === undefined ? {} : { totalPrice: cost_usd, currency: 'USD' }
        used = { inputTokens: input_tokens, outputTokens: output_tokens, totalTokens: total_tokens, ...price }
        const usage = { contextTokens: input_tokens, ...used }
        const { id: threadId, agentKey } = head
        return [event('on_chat_event', { type: 'thread_context_usage', threadId, runId, agentKey, usage })]
      },
      'run.ended': ({ status }) => end(status),
      'run.annotated': none,
      'node.started': none,
      'node.round_started': none,
      'node.round_finished': none,
      'node.retried': none,
      'node.finished': none,
      'tool.started': (call) => steps.started(call).map(message),
      'tool.arguments_delta': none,
      'tool.finished': (call) => steps.finished(call).map(message),
      'reasoning.delta': (delta) => steps.reasoning(delta).map(message),
    })

  return (one) => [...(isBeforeBegin(one) ? [] : begin()), ...frames(one)].map(toFrame)
}

/** Somebody has to answer it before the run goes on. */
const isQuestion = (item: ThreadItem) =>
  (item.type === 'client_tool_call' || item.type === 'structured_input') && item.status === 'pending'

/** The conversation opens when all is known that is said of it: behind the message that was sent. */
const isBeforeBegin = (event: RunEvent) =>
  event.type === 'run.started' ||
  event.type === 'thread.created' ||
  (event.type === 'thread.item.done' && event.item.type === 'user_message')

const toFrame = (data: ChatFrame): Frame => (data.type === 'complete' ? { event: 'complete', data } : { data })

const event = (name: ChatEventName, data: Record<string, unknown>): ChatFrame => ({ type: 'event', event: name, data })

const message = (data: ChatContent): ChatFrame => ({ type: 'message', data })

const none = (): ChatFrame[] => []
