import type { Model, ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { ParleyError } from '@parley/protocol'
import { encodeChatRequest } from './chat-request.js'
import { createChatDecoder } from './chat-stream.js'
import { brokenOffError } from './model-error.js'
import { abortError, type ModelHost, namesOf, openModelStream } from './model-host.js'
import { readSseData } from './sse-reader.js'
import { streamingModel } from './streaming-model.js'

/**
 * A model on any host that speaks OpenAI's chat completions, as an Agents SDK `Model`.
 *
 * Text that arrives in one read of the socket becomes one event, so a fast host costs little. Reads `reasoning_content`
 * and `reasoning`, gives every message an id of its own, and stops the host when the request's signal is aborted.
 *
 * @throws {ParleyError} `model_failed` while streaming, in words that say what to do.
 */
export const chatCompletionsModel = (host: ModelHost, model: string): Model =>
  streamingModel((request) => streamChat(host, model, request))

async function* streamChat(host: ModelHost, model: string, request: ModelRequest): AsyncGenerator<StreamEvent> {
  const body = encodeChatRequest(model, request)
  const names = namesOf(host, model)
  const response = await openModelStream(host, { path: '/chat/completions', body, signal: request.signal })
  yield { type: 'response_started' }
  const decoder = createChatDecoder(names, callIdsOf(request))
  try {
    for await (const payloads of readSseData(response.body)) for (const event of decoder.decode(payloads)) yield event
  } catch (thrown) {
    if (request.signal?.aborted) throw abortError()
    throw thrown instanceof ParleyError ? thrown : brokenOffError(names, thrown)
  }
  for (const event of decoder.finish()) yield event
}

function callIdsOf({ input }: ModelRequest): Set<string> {
  const ids = new Set<string>()
  if (typeof input !== 'string') for (const item of input) if (item.type === 'function_call') ids.add(item.callId)
  return ids
}
