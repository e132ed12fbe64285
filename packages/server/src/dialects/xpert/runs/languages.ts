import type { NotedThread, RunStream } from '../../../engine/engine.js'
import { decodeChatInput } from '../chat/decode-input.js'
import { createChatEncoder } from '../chat/encode-stream.js'
import { clientMessageIdOf, startChat } from '../chat/start.js'
import { decodeLanguage } from '../decode-language.js'
import { decodeGraphInput } from './decode.js'
import type { EventEncoder } from './encode-events.js'
import type { RunBody } from './schema.js'
import { type RunStart, startRun } from './start.js'

/** Reads what a request wants done, in the language of its client; what is answered does it. @throws {ParleyError} */
export function planRun(body: RunBody): <Context>(start: RunStart<Context>) => Promise<RunStream> {
  if (decodeLanguage(body) === 'langgraph') {
    const action = decodeGraphInput(body)
    return (start) => startRun(start, action)
  }
  const action = decodeChatInput(body.input ?? {}, body.files ?? undefined)
  return (start) => startChat(start, action)
}

/** What writes a run in the words of Xpert's chat. */
export const chatEncoderOf = (run: RunStream['run'], thread: NotedThread, agentKey: string): EventEncoder =>
  createChatEncoder({
    id: thread.id,
    title: thread.title,
    createdAt: thread.created_at,
    clientMessageId: clientMessageIdOf(run),
    agentKey,
  })
