import type { StreamEvent } from '@openai/agents-core/types'
import { brokenOffError, type HostNames, streamError } from './model-error.js'
import type { StreamDecoder } from './model-stream.js'
import type { ModelEvent } from './response-events.js'

/** A stream event as it comes, of which we read the type; the rest passes on untouched. */
interface WireEvent {
  type: string
  item_id?: string
  content_index?: number
  delta?: string
  response?: WireResponse
  message?: string
  code?: string
}

interface WireResponse {
  id: string
  output?: WireItem[]
  error?: unknown
  incomplete_details?: { reason?: string } | null
  usage?: {
    input_tokens?: number
    output_tokens?: number
    total_tokens?: number
    input_tokens_details?: Record<string, number>
    output_tokens_details?: Record<string, number>
  } | null
}

interface WireItem {
  type: string
  id?: string
  call_id?: string
  name?: string
  arguments?: string
  status?: string
  role?: string
  content?: { type: string; text?: string; refusal?: string }[]
  summary?: { text: string }[]
}

type Output = Extract<StreamEvent, { type: 'response_done' }>['response']['output']

/** Turns the events of one Responses stream into model events: they pass as they are, text that arrived together as one. */
export function createResponsesDecoder(names: HostNames): StreamDecoder {
  let ended = false

  const endOf = (response: WireResponse): StreamEvent => {
    ended = true
    const { input_tokens = 0, output_tokens = 0, total_tokens, ...details } = response.usage ?? {}
    return {
      type: 'response_done',
      response: {
        id: response.id,
        usage: {
          requests: 1,
          inputTokens: input_tokens,
          outputTokens: output_tokens,
          totalTokens: total_tokens ?? input_tokens + output_tokens,
          inputTokensDetails: details.input_tokens_details,
          outputTokensDetails: details.output_tokens_details,
        },
        output: (response.output ?? []).map(decodeItem),
      },
    }
  }

  const read = (event: WireEvent): StreamEvent[] => {
    if (event.type === 'error') throw streamError(names, { message: event.message ?? event.code })
    if (event.type === 'response.failed')
      throw streamError(names, event.response?.error ?? { message: 'no reason given' })
    if ((event.type === 'response.completed' || event.type === 'response.incomplete') && event.response)
      return [endOf(event.response)]
    return [{ type: 'model', event: event as ModelEvent }] // readers of model events look the type up and skip others
  }

  return {
    decode(payloads: string[]): StreamEvent[] {
      const events: StreamEvent[] = []
      let growing: WireEvent | undefined
      for (const payload of payloads) {
        if (payload === '[DONE]') continue
        const event = parseEvent(payload, names)
        if (growing && continues(event, growing)) {
          growing.delta = `${growing.delta}${event.delta}`
          continue
        }
        growing = COALESCED.has(event.type) ? event : undefined
        events.push(...read(event))
      }
      return events
    },
    isOver: () => ended,
    finish(): StreamEvent[] {
      if (!ended) throw brokenOffError(names)
      return []
    },
  }
}

const COALESCED = new Set(['response.output_text.delta', 'response.function_call_arguments.delta'])

const continues = (event: WireEvent, before: WireEvent): boolean =>
  event.type === before.type && event.item_id === before.item_id && event.content_index === before.content_index

function parseEvent(payload: string, names: HostNames): WireEvent {
  try {
    return JSON.parse(payload) as WireEvent // only `type` is certain; readers check the rest
  } catch (thrown) {
    throw brokenOffError(names, thrown)
  }
}

/** An output item → the Agents SDK's form of it. */
function decodeItem(item: WireItem): Output[number] {
  if (item.type === 'message')
    return {
      type: 'message',
      role: 'assistant',
      id: item.id,
      status: item.status === 'incomplete' ? 'incomplete' : 'completed',
      content: (item.content ?? []).map((part) =>
        part.type === 'refusal'
          ? { type: 'refusal', refusal: part.refusal ?? '' }
          : { type: 'output_text', text: part.text ?? '' },
      ),
    }
  if (item.type === 'function_call')
    return {
      type: 'function_call',
      id: item.id,
      callId: item.call_id ?? '',
      name: item.name ?? '',
      arguments: item.arguments ?? '{}',
      status: 'completed',
    }
  const raw = { raw: item }
  if (item.type === 'reasoning')
    return {
      type: 'reasoning',
      id: item.id,
      content: (item.summary ?? []).map(({ text }) => ({ type: 'input_text', text })),
      providerData: raw,
    }
  return { type: 'hosted_tool_call', id: item.id, name: item.type, status: item.status, providerData: raw }
}
