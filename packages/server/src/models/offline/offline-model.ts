import type { Model, ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { startModelCall } from '../model-call.js'
import { type ModelHost, wait } from '../model-host.js'
import { type ModelEvent, modelItemId } from '../response-events.js'
import { streamingModel } from '../streaming-model.js'
import { chooseCall, type PlannedCall } from './choose-call.js'
import { composeAnswer } from './compose-answer.js'
import { readConversation } from './conversation.js'
import { fillForm } from './fill-form.js'

export interface OfflineModelOptions extends Pick<ModelHost, 'trace' | 'observer'> {
  /** The pause between two words. Default 20 ms. */
  wordMs?: number
}

/**
 * The model that answers when none is connected. It quotes what a knowledge tool finds, with citations, calls tools on
 * plain patterns, hands over when the other agent's subject is asked for, fills the form an app asks for with what was
 * said, and says that it is not a language model.
 */
export const offlineModel = ({ wordMs = 20, ...called }: OfflineModelOptions = {}): Model =>
  streamingModel(async function* (request) {
    const { systemInstructions: instructions, input } = request
    const call = startModelCall(called, { model: NAME, instructions, input })
    try {
      for await (const event of streamOffline(request, wordMs)) {
        call.heard([event])
        yield event
      }
    } finally {
      call.left()
    }
  })

/** What traces and metrics call it. */
const NAME = 'offline'

async function* streamOffline(request: ModelRequest, wordMs: number): AsyncGenerator<StreamEvent> {
  yield { type: 'response_started' }
  const conversation = readConversation(request)
  const call = chooseCall(request, conversation)
  if (call) return yield* streamCall(call)
  const { outputType } = request
  const answer =
    outputType === 'text'
      ? composeAnswer(conversation)
      : JSON.stringify(fillForm(outputType.schema, conversation.text), null, 2)
  yield* streamText(answer, wordMs, request.signal)
}

async function* streamText(text: string, wordMs: number, signal: AbortSignal | undefined): AsyncGenerator<StreamEvent> {
  const id = modelItemId('msg')
  const place = { item_id: id, content_index: 0 }
  yield tell({ type: 'response.output_item.added', item: { type: 'message', id, content: [] } })
  yield tell({ type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '' } })
  let words = 0
  for (const delta of text.match(/\s*\S+/g) ?? []) {
    if (wordMs > 0) await wait(wordMs, signal)
    yield tell({ type: 'response.output_text.delta', ...place, delta })
    words++
  }
  const content = [{ type: 'output_text' as const, text }]
  yield tell({ type: 'response.output_text.done', ...place, text })
  yield tell({ type: 'response.output_item.done', item: { type: 'message', id, content } })
  yield done([{ type: 'message', role: 'assistant', id, status: 'completed', content }], words)
}

function* streamCall({ name, arguments: input }: PlannedCall): Generator<StreamEvent> {
  const id = modelItemId('fc')
  const callId = modelItemId('call')
  const text = JSON.stringify(input)
  const item = { type: 'function_call', id, call_id: callId, name } as const
  yield tell({ type: 'response.output_item.added', item: { ...item, arguments: '' } })
  yield tell({ type: 'response.function_call_arguments.delta', item_id: id, delta: text })
  yield tell({ type: 'response.output_item.done', item: { ...item, arguments: text } })
  yield done([{ type: 'function_call', id, callId, name, arguments: text, status: 'completed' }], 0)
}

const tell = (event: ModelEvent): StreamEvent => ({ type: 'model', event })

/** Words are counted as tokens: there is nothing else to count. */
const done = (
  output: Extract<StreamEvent, { type: 'response_done' }>['response']['output'],
  words: number,
): StreamEvent => ({
  type: 'response_done',
  response: {
    id: modelItemId('resp'),
    usage: { requests: 1, inputTokens: 0, outputTokens: words, totalTokens: words },
    output,
  },
})
