import type { ModelRequest } from '@openai/agents-core/model'
import { encodeChatRequest } from './chat-request.js'
import { createChatDecoder } from './chat-stream.js'
import { type ModelHost, namesOf } from './model-host.js'
import { streamModel } from './model-stream.js'
import { batchingModel } from './streaming-model.js'

/**
 * A model on any host that speaks OpenAI's chat completions, as an Agents SDK `Model`.
 *
 * Text that arrives in one read of the socket becomes one event, so a fast host costs little. Reads `reasoning_content`
 * and `reasoning`, gives every message an id of its own, and stops the host when the request's signal is aborted.
 *
 * @throws {ParleyError} `model_failed` while streaming, in words that say what to do.
 */
export const chatCompletionsModel = (host: ModelHost, model: string) =>
  batchingModel((request) => {
    const body = encodeChatRequest(model, request)
    const decoder = createChatDecoder(namesOf(host, model), callIdsOf(request))
    return streamModel(host, { path: '/chat/completions', body, signal: request.signal }, decoder)
  })

function callIdsOf({ input }: ModelRequest): Set<string> {
  const ids = new Set<string>()
  if (typeof input !== 'string') for (const item of input) if (item.type === 'function_call') ids.add(item.callId)
  return ids
}
