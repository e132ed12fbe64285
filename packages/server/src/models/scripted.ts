import type { Model, ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { type ModelEvent, modelItemId } from './response-events.js'
import { streamingModel } from './streaming-model.js'

type Output = Extract<StreamEvent, { type: 'response_done' }>['response']['output']

/** One thing the scripted model does when it is asked: events to emit and items to end with, or an error to throw. */
export interface ScriptedAnswer {
  events: ModelEvent[]
  output: Output
  error?: Error
  /** Holds the end of the answer back until it resolves, or until the request is aborted. */
  until?: Promise<void>
}

/** A model for tests: the first request gets the first answer, and so on. `requests` holds what it was asked. */
export function scriptedModel(...answers: ScriptedAnswer[]): Model & { requests: ModelRequest[] } {
  const requests: ModelRequest[] = []
  async function* stream(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const answer = answers[requests.length]
    requests.push(request)
    if (!answer)
      throw new Error(`The scripted model was asked ${requests.length} times and knows ${answers.length} answers.`)
    yield { type: 'response_started' }
    for (const event of answer.events) yield { type: 'model', event }
    if (answer.until) await Promise.race([answer.until, aborted(request.signal)])
    if (answer.error) throw answer.error
    const usage = {
      requests: 1,
      inputTokens: 10,
      outputTokens: answer.events.length,
      totalTokens: 10 + answer.events.length,
    }
    yield { type: 'response_done', response: { id: modelItemId('resp'), usage, output: answer.output } }
  }
  return { ...streamingModel(stream), requests }
}

/** Says the pieces of a text one after the other, as one message. */
export function say(...pieces: string[]): ScriptedAnswer {
  return sayAs(modelItemId('msg'), ...pieces)
}

/** Like {@link say}, with a message id of your choice. */
export function sayAs(id: string, ...pieces: string[]): ScriptedAnswer {
  const text = pieces.join('')
  return {
    events: [
      { type: 'response.output_item.added', item: { type: 'message', id, content: [] } },
      { type: 'response.content_part.added', item_id: id, content_index: 0, part: { type: 'output_text', text: '' } },
      ...pieces.map(
        (delta): ModelEvent => ({ type: 'response.output_text.delta', item_id: id, content_index: 0, delta }),
      ),
      { type: 'response.output_text.done', item_id: id, content_index: 0, text },
      { type: 'response.output_item.done', item: { type: 'message', id, content: [{ type: 'output_text', text }] } },
    ],
    output: [{ type: 'message', role: 'assistant', id, status: 'completed', content: [{ type: 'output_text', text }] }],
  }
}

/** Says the text, then falls silent until the request is aborted. */
export const sayAndHang = (...pieces: string[]): ScriptedAnswer => ({
  ...say(...pieces),
  events: say(...pieces).events.slice(0, -2),
  until: new Promise(() => undefined),
})

/** Calls a tool, or hands over with `transfer_to_<agent>`. */
export function callTool(
  name: string,
  input: Record<string, unknown> = {},
  callId = modelItemId('call'),
): ScriptedAnswer {
  const id = modelItemId('fc')
  const text = JSON.stringify(input)
  const item = { type: 'function_call', id, call_id: callId, name } as const
  return {
    events: [
      { type: 'response.output_item.added', item: { ...item, arguments: '' } },
      { type: 'response.function_call_arguments.delta', item_id: id, delta: text },
      { type: 'response.function_call_arguments.done', item_id: id, arguments: text },
      { type: 'response.output_item.done', item: { ...item, arguments: text } },
    ],
    output: [{ type: 'function_call', id, callId, name, arguments: text, status: 'completed' }],
  }
}

/** Emits these very events, and ends with a message of this text. */
export const emitEvents = (events: ModelEvent[], text = 'Done.'): ScriptedAnswer => ({
  events,
  output: say(text).output,
})

/** Fails before it says anything. */
export const fail = (error: Error): ScriptedAnswer => ({ events: [], output: [], error })

const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
