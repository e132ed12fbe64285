import { ParleyError, type ThreadItem } from '@parley/protocol'
import { type Act, actOnThread } from '../../../engine/act-on-thread.js'
import type { RunStream } from '../../../engine/engine.js'
import { loadItems } from '../../../engine/load-items.js'
import { decodeAnswer } from '../runs/decode-resume.js'
import { decodeStateChange } from '../threads/decode.js'
import type { ChatAction } from './decode-input.js'

type Head = RunStream['run']

/** Whoever joins a run later reads the language it was started in. */
export const isOfChat = ({ request }: Pick<Head, 'request'>) => request?.language === 'xpert'

/** The client's own id of its message makes sending it twice one run. */
const MESSAGE = 'xpert-message:'
export function clientMessageIdOf({ request }: Pick<Head, 'request'>): string | undefined {
  const id = request?.client_message_id
  return typeof id === 'string' ? id : undefined
}

/** Carries out what Xpert's clients ask for. @throws {ParleyError} before anything is written */
export async function startChat<Context>(act: Act<Context>, action: ChatAction): Promise<RunStream> {
  const { engine, call, threadId, options } = act
  checkConversation(action, threadId)
  const whenBusy = options.whenBusy ?? 'reject'
  if (action.type === 'resume') {
    const { run } = await engine.readThread(call, threadId)
    if (action.executionId !== undefined && run?.id !== action.executionId)
      throw new ParleyError('conflict', `The execution "${action.executionId}" does not wait for an answer.`)
    const { value, toolCalls, update } = action
    const read = (question: ThreadItem) => decodeAnswer(question, value, toolCalls)
    return actOnThread(act, { type: 'answer', read, change: update && decodeStateChange(update) })
  }
  if (action.type === 'retry') {
    const itemId = await questionOf(act, action.executionId)
    return engine.retryAfterItem(call, threadId, itemId, { ...options, whenBusy })
  }
  const { input, clientMessageId, variables } = action.message
  if (Object.keys(variables).length > 0) await engine.noteOnThread(call, threadId, { state: variables })
  const steered = action.type === 'follow_up' && (action.mode === 'queue' ? 'enqueue' : 'interrupt')
  return engine.addUserMessage(call, threadId, input, {
    ...options,
    whenBusy: steered || whenBusy,
    ...(clientMessageId !== undefined && {
      requestId: MESSAGE + clientMessageId,
      request: { ...options.request, client_message_id: clientMessageId },
    }),
  })
}

/** A conversation is its thread, and has its id. */
function checkConversation({ conversationId }: ChatAction, threadId: string): void {
  if (conversationId === undefined || conversationId === threadId) return
  throw new ParleyError('invalid_request', `conversationId must be that of the thread, "${threadId}". Or leave it out.`)
}

/** The message that a run answered, the last one of the thread unless it is said which run. */
async function questionOf<Context>(
  { engine, call, threadId }: Act<Context>,
  executionId: string | undefined,
): Promise<string> {
  if (executionId !== undefined) {
    const { trigger } = await engine.readRun(call, threadId, executionId)
    if (trigger.item_id !== undefined && (trigger.type === 'user_message' || trigger.type === 'retry'))
      return trigger.item_id
  }
  const items = await loadItems(engine, call, threadId)
  const asked = items.findLast(({ type }) => type === 'user_message')
  if (asked) return asked.id
  throw new ParleyError('conflict', 'There is nothing to answer in this conversation: send a message.')
}
