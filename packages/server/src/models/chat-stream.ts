import type { StreamEvent } from '@openai/agents-core/types'
import { brokenOffError, type HostNames, streamError } from './model-error.js'
import type { StreamDecoder } from './model-stream.js'
import { type ModelEvent, modelItemId } from './response-events.js'

/** The parts of a chat-completions chunk that we read. Hosts add and leave out much: everything may be missing. */
interface ChatChunk {
  choices?: { delta?: ChatDelta | null; finish_reason?: string | null }[]
  usage?: ChatUsage | null
  error?: unknown
}

interface ChatDelta {
  content?: string | null
  refusal?: string | null
  /** DeepSeek, Qwen, MiMo, vLLM. */
  reasoning_content?: string | null
  /** OpenRouter, Ollama. */
  reasoning?: string | null
  tool_calls?: { index?: number; id?: string; function?: { name?: string; arguments?: string } }[] | null
}

interface ChatUsage {
  prompt_tokens?: unknown
  completion_tokens?: unknown
  total_tokens?: unknown
  prompt_tokens_details?: { cached_tokens?: unknown } | null
  completion_tokens_details?: { reasoning_tokens?: unknown } | null
}

type Output = Extract<StreamEvent, { type: 'response_done' }>['response']['output']

interface Call {
  itemId: string
  callId: string
  name: string
  arguments: string
  /** Characters not told yet: pieces that arrive together are told as one. */
  untold: string
}

/**
 * Turns the chunks of one chat completion into model events. `decode` takes everything that arrived in one read of the
 * socket and makes one text event of it; `finish` ends the answer.
 */
export function createChatDecoder(names: HostNames, takenCallIds: ReadonlySet<string>): StreamDecoder {
  const reasoning = { id: '', text: '', untold: '', open: false, field: '' }
  const message = { id: modelItemId('msg'), text: '', untold: '', refusal: '', open: false, part: '' }
  const calls = new Map<number, Call>()
  let usage: ChatUsage | undefined
  let finishReason: string | undefined
  let sawDone = false
  let events: StreamEvent[] = []

  const emit = (event: ModelEvent): void => void events.push({ type: 'model', event })

  const tellReasoning = () => {
    if (!reasoning.untold) return
    if (!reasoning.open) {
      reasoning.id ||= modelItemId('rs')
      emit({ type: 'response.output_item.added', item: { type: 'reasoning', id: reasoning.id } })
    }
    reasoning.open = true
    const { id: item_id, untold: delta } = reasoning
    emit({ type: 'response.reasoning_summary_text.delta', item_id, summary_index: 0, delta })
    reasoning.text += delta
    reasoning.untold = ''
  }

  const endReasoning = () => {
    tellReasoning()
    if (!reasoning.open) return
    reasoning.open = false
    const { id, text } = reasoning
    emit({ type: 'response.reasoning_summary_text.done', item_id: id, summary_index: 0, text })
    emit({ type: 'response.output_item.done', item: { type: 'reasoning', id } })
  }

  const openMessage = (kind: 'output_text' | 'refusal') => {
    if (message.open) return
    endReasoning()
    message.open = true
    message.part = kind
    const part = kind === 'refusal' ? { type: kind, refusal: '' } : { type: kind, text: '' }
    emit({ type: 'response.output_item.added', item: { type: 'message', id: message.id, content: [] } })
    emit({ type: 'response.content_part.added', item_id: message.id, content_index: 0, part })
  }

  const tellText = () => {
    if (!message.untold) return
    openMessage('output_text')
    emit({ type: 'response.output_text.delta', item_id: message.id, content_index: 0, delta: message.untold })
    message.text += message.untold
    message.untold = ''
  }

  const endMessage = () => {
    tellText()
    if (!message.open) return
    message.open = false
    const { id, text, refusal } = message
    if (message.part === 'refusal') emit({ type: 'response.refusal.done', item_id: id, content_index: 0, refusal })
    else emit({ type: 'response.output_text.done', item_id: id, content_index: 0, text })
    const part =
      message.part === 'refusal' ? ({ type: 'refusal', refusal } as const) : ({ type: 'output_text', text } as const)
    emit({ type: 'response.output_item.done', item: { type: 'message', id, content: [part] } })
  }

  const tellCalls = () => {
    for (const call of calls.values()) {
      if (!call.untold) continue
      emit({ type: 'response.function_call_arguments.delta', item_id: call.itemId, delta: call.untold })
      call.arguments += call.untold
      call.untold = ''
    }
  }

  const readCall = (delta: NonNullable<ChatDelta['tool_calls']>[number]) => {
    const index = delta.index ?? (delta.id ? calls.size : calls.size - 1)
    let call = calls.get(index)
    if (!call) {
      tellText()
      endReasoning()
      // some hosts count every answer's calls from zero; an id must be unique within the conversation
      const callId = delta.id && !takenCallIds.has(delta.id) ? delta.id : modelItemId('call')
      call = { itemId: modelItemId('fc'), callId, name: delta.function?.name ?? '', arguments: '', untold: '' }
      calls.set(index, call)
      const item = { type: 'function_call', id: call.itemId, call_id: callId, name: call.name, arguments: '' } as const
      emit({ type: 'response.output_item.added', item })
    }
    call.untold += delta.function?.arguments ?? ''
  }

  const readChunk = (chunk: ChatChunk) => {
    if (chunk.error) throw streamError(names, chunk.error)
    if (chunk.usage) usage = chunk.usage
    const choice = chunk.choices?.[0]
    if (!choice) return
    if (choice.finish_reason) finishReason = choice.finish_reason
    const delta = choice.delta
    if (!delta) return
    if (delta.content) message.untold += delta.content
    const thought = delta.reasoning_content || delta.reasoning
    if (thought && !message.open) {
      reasoning.untold += thought
      reasoning.field ||= delta.reasoning_content ? 'reasoning_content' : 'reasoning'
    }
    if (delta.refusal) {
      openMessage('refusal')
      message.refusal += delta.refusal
      emit({ type: 'response.refusal.delta', item_id: message.id, content_index: 0, delta: delta.refusal })
    }
    if (delta.tool_calls) for (const call of delta.tool_calls) readCall(call)
  }

  const outputItems = (): Output => {
    const output: Output = []
    if (reasoning.text)
      output.push({
        type: 'reasoning',
        id: reasoning.id,
        content: [{ type: 'input_text', text: reasoning.text }],
        // hosts that think want their thoughts back, under the name they gave them, while they go on after a tool
        providerData: { field: reasoning.field },
      })
    if (message.text || message.refusal)
      output.push({
        type: 'message',
        role: 'assistant',
        id: message.id,
        status: finishReason === 'length' || finishReason === 'content_filter' ? 'incomplete' : 'completed',
        content: message.text
          ? [{ type: 'output_text', text: message.text }]
          : [{ type: 'refusal', refusal: message.refusal }],
      })
    for (const { itemId: id, callId, name, arguments: text } of calls.values())
      output.push({ type: 'function_call', id, callId, name, arguments: text || '{}', status: 'completed' })
    return output
  }

  return {
    decode(payloads: string[]): StreamEvent[] {
      events = []
      for (const payload of payloads) {
        if (payload === '[DONE]') sawDone = true
        else readChunk(parseChunk(payload, names))
      }
      tellReasoning()
      tellText()
      tellCalls()
      return events
    },
    isOver: () => sawDone,
    finish(): StreamEvent[] {
      events = []
      if (!sawDone && !finishReason) throw brokenOffError(names)
      endReasoning()
      endMessage()
      for (const { itemId: id, callId: call_id, name, arguments: text } of calls.values()) {
        emit({ type: 'response.function_call_arguments.done', item_id: id, arguments: text })
        emit({ type: 'response.output_item.done', item: { type: 'function_call', id, call_id, name, arguments: text } })
      }
      events.push({
        type: 'response_done',
        response: { id: modelItemId('resp'), usage: encodeUsage(usage), output: outputItems() },
      })
      return events
    },
  }
}

function parseChunk(payload: string, names: HostNames): ChatChunk {
  try {
    return JSON.parse(payload) as ChatChunk // every field is optional and checked where it is used
  } catch (thrown) {
    throw brokenOffError(names, thrown)
  }
}

function encodeUsage(usage: ChatUsage = {}) {
  const inputTokens = count(usage.prompt_tokens)
  const outputTokens = count(usage.completion_tokens)
  return {
    requests: 1,
    inputTokens,
    outputTokens,
    totalTokens: count(usage.total_tokens) || inputTokens + outputTokens,
    inputTokensDetails: { cached_tokens: count(usage.prompt_tokens_details?.cached_tokens) },
    outputTokensDetails: { reasoning_tokens: count(usage.completion_tokens_details?.reasoning_tokens) },
  }
}

/** Hosts leave numbers out, or send null. */
const count = (value: unknown): number => (typeof value === 'number' && value > 0 ? Math.floor(value) : 0)
