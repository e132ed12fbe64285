import { ParleyError } from '@parley/protocol'
import { type Act, type ActOptions, actOnThread, type ThreadAction } from '../../../engine/act-on-thread.js'
import type { RunStream } from '../../../engine/engine.js'
import { decodeAnswer } from '../runs/decode-resume.js'
import { decodeStateChange } from '../threads/decode.js'
import { type ChatAction, decodeChatInput } from './decode-input.js'

/** What Xpert's clients ask for, to be carried out on a thread. @throws {ParleyError} `invalid_request` */
export function decodeChatAct({ input, files, context }: ChatBody): <Context>(act: Act<Context>) => Promise<RunStream> {
  const chat = decodeChatInput(input ?? {}, files ?? undefined)
  // An app has no environment of a person's own: variables of it would only lie about.
  const { env: _, ...around } = context ?? {}
  return async (act) => {
    checkConversation(chat, act.threadId)
    return actOnThread({ ...act, options: { ...act.options, ...optionsOf(chat, act.options) } }, actionOf(chat, around))
  }
}

/** The part of a run's body that says what is wanted. */
export interface ChatBody {
  input?: Record<string, unknown> | null | undefined
  files?: unknown
  /** Variables of the app, beside those of the message; those win. */
  context?: Record<string, unknown> | null | undefined
}

/** A conversation is its thread, and has its id. */
function checkConversation({ conversationId }: ChatAction, threadId: string): void {
  if (conversationId === undefined || conversationId === threadId) return
  throw new ParleyError('invalid_request', `conversationId must be that of the thread, "${threadId}". Or leave it out.`)
}

function actionOf(chat: ChatAction, around: Record<string, unknown>): ThreadAction {
  if (chat.type === 'retry') return { type: 'retry', runId: chat.executionId }
  if (chat.type === 'resume') {
    const { value, toolCalls, update, executionId } = chat
    const change = update && decodeStateChange(update)
    return { type: 'answer', runId: executionId, read: (question) => decodeAnswer(question, value, toolCalls), change }
  }
  return { type: 'message', input: chat.message.input, state: { ...around, ...chat.message.variables } }
}

/** The client's own id of its message makes sending it twice one run. */
const MESSAGE = 'xpert-message:'

/** These clients name no checkpoints. */
function optionsOf(chat: ChatAction, { request }: ActOptions): Partial<ActOptions> {
  if (!('message' in chat)) return { placeIn: undefined }
  const { clientMessageId: id } = chat.message
  return {
    placeIn: undefined,
    ...(chat.type === 'follow_up' && { whenBusy: chat.mode === 'queue' ? 'enqueue' : 'interrupt' }),
    ...(id !== undefined && { requestId: MESSAGE + id, request: { ...request, client_message_id: id } }),
  }
}
