import { ParleyError } from '@parley/protocol'
import { type Act, type ActOptions, actOnThread, type ThreadAction } from '../../../engine/act-on-thread.js'
import type { RunStream } from '../../../engine/engine.js'
import { decodeAnswer } from '../runs/decode-resume.js'
import { decodeStateChange } from '../threads/decode.js'
import { type ChatAction, decodeChatInput } from './decode-input.js'

/** What Xpert's clients ask for, to be carried out on a thread. @throws {ParleyError} `invalid_request` */
export function decodeChatAct(
  input: Record<string, unknown>,
  files?: unknown,
): <Context>(act: Act<Context>) => Promise<RunStream> {
  const chat = decodeChatInput(input, files)
  return async (act) => {
    checkConversation(chat, act.threadId)
    return actOnThread({ ...act, options: { ...act.options, ...optionsOf(chat, act.options) } }, actionOf(chat))
  }
}

/** A conversation is its thread, and has its id. */
function checkConversation({ conversationId }: ChatAction, threadId: string): void {
  if (conversationId === undefined || conversationId === threadId) return
  throw new ParleyError('invalid_request', `conversationId must be that of the thread, "${threadId}". Or leave it out.`)
}

function actionOf(chat: ChatAction): ThreadAction {
  if (chat.type === 'retry') return { type: 'retry', runId: chat.executionId }
  if (chat.type === 'resume') {
    const { value, toolCalls, update, executionId } = chat
    const change = update && decodeStateChange(update)
    return { type: 'answer', runId: executionId, read: (question) => decodeAnswer(question, value, toolCalls), change }
  }
  return { type: 'message', input: chat.message.input, state: chat.message.variables }
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
