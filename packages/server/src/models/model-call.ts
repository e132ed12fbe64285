import type { StreamEvent } from '@openai/agents-core/types'
import type { ParleyError } from '@parley/protocol'
import type { ModelCallFacts } from '../base/observer.js'
import type { ModelCost, Span } from '../base/trace.js'
import type { ModelHost } from './model-host.js'
import { costOf, type Price, totalOf } from './prices.js'

/** What the host is sent. */
type ModelBody = { model: string } & Record<string, unknown>

/** What is called: a model host, or a model that answers in this process and so has no address. */
export type CalledModel = Pick<ModelHost, 'trace' | 'observer' | 'priceOf'> & { baseUrl?: string }

/** One call of a model, as traces and metrics see it. */
export interface ModelCall<Called extends CalledModel> {
  /** What is called, told which piece of work this is. */
  host: Called
  /** Ends with the end of the answer. @returns the same events */
  heard(events: StreamEvent[]): StreamEvent[]
  /** @returns what was thrown */
  failed(thrown: ParleyError): ParleyError
  /** Nobody listens any more: that was the end, unless there was one before. */
  left(): void
}

/**
 * Follows one call to its end. Names and values of the attributes are those of OpenTelemetry's conventions for
 * generative AI; `gen_ai.system` is the older name of `gen_ai.provider.name`.
 */
export function startModelCall<Called extends CalledModel>(host: Called, body: ModelBody): ModelCall<Called> {
  const { model } = body
  const { trace = {}, observer } = host
  const begin = performance.now()
  const span = trace.span?.start(`chat ${model}`, attributesOf(host, body), host.baseUrl ? 'client' : 'internal')
  if (span?.keepsContent) span.set(inputOf(body))
  let ended = false
  let isHeard = false

  const end = (status: ModelCallFacts['status'], { inputTokens = 0, outputTokens = 0, failure = '' } = {}) => {
    if (ended) return
    ended = true
    span?.end(failure || (status === 'stopped' ? 'stopped' : undefined))
    observer?.modelCallEnded({
      ...(trace.requestId !== undefined && { requestId: trace.requestId }),
      model,
      host: host.baseUrl ? new URL(host.baseUrl).host : BUILT_IN,
      status,
      durationMs: performance.now() - begin,
      inputTokens,
      outputTokens,
    })
  }

  return {
    host: span ? { ...host, trace: { ...trace, span } } : host,
    heard(events) {
      if (!isHeard && events.length > 0) {
        isHeard = true
        span?.set({ 'gen_ai.response.time_to_first_chunk': (performance.now() - begin) / 1000 })
      }
      const last = events.at(-1) // an answer ends with its end
      if (last?.type === 'response_done') {
        const cost = costOfAnswer(last, host.priceOf?.(model))
        if (cost !== undefined) trace.spent?.(cost)
        if (span) tellAnswer(span, last, cost)
        end('completed', last.response.usage)
      }
      return events
    },
    failed(thrown) {
      end('failed', { failure: failureOf(thrown) })
      return thrown
    },
    left: () => end('stopped'),
  }
}

/** Where metrics and logs name the host of a model that has none. */
const BUILT_IN = 'built-in'

const attributesOf = ({ baseUrl }: CalledModel, { model, ...settings }: ModelBody) => ({
  'gen_ai.operation.name': 'chat',
  ...(baseUrl ? serverOf(new URL(baseUrl)) : { 'gen_ai.provider.name': 'parley', 'gen_ai.system': 'parley' }),
  'gen_ai.request.model': model,
  'gen_ai.request.temperature': toNumber(settings.temperature),
  'gen_ai.request.top_p': toNumber(settings.top_p),
  'gen_ai.request.max_tokens': toNumber(settings.max_tokens ?? settings.max_output_tokens),
})

/** Every host here speaks OpenAI's language; which one it is, `server.address` says. */
const serverOf = ({ hostname, port, protocol }: URL) => ({
  'gen_ai.provider.name': 'openai',
  'gen_ai.system': 'openai',
  'server.address': hostname,
  'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
})

const toNumber = (value: unknown) => (typeof value === 'number' ? value : undefined)

const inputOf = ({ messages, instructions, input }: ModelBody) => ({
  'gen_ai.system_instructions': typeof instructions === 'string' ? instructions : undefined,
  'gen_ai.input.messages': JSON.stringify(messages ?? input),
})

type Answered = Extract<StreamEvent, { type: 'response_done' }>

function costOfAnswer({ response: { usage } }: Answered, price: Price | undefined): ModelCost | undefined {
  const cached = detail(usage.inputTokensDetails, 'cached_tokens') ?? 0
  return price && costOf(price, { input: usage.inputTokens, cached, output: usage.outputTokens })
}

function tellAnswer(span: Span, { response }: Answered, cost: ModelCost | undefined): void {
  const { id, usage, output } = response
  span.set({
    'gen_ai.response.id': id,
    'gen_ai.usage.input_tokens': usage.inputTokens,
    'gen_ai.usage.cache_read.input_tokens': detail(usage.inputTokensDetails, 'cached_tokens'),
    'gen_ai.usage.output_tokens': usage.outputTokens,
    'gen_ai.usage.reasoning.output_tokens': detail(usage.outputTokensDetails, 'reasoning_tokens'),
    'parley.cost.usd': cost && totalOf(cost),
    ...(span.keepsContent && { 'gen_ai.output.messages': JSON.stringify(output) }),
  })
}

/** Zero is what hosts say that do not know the word. */
function detail(given: unknown, name: string): number | undefined {
  const details: unknown = Array.isArray(given) ? given[0] : given
  return toNumber((details as Record<string, unknown> | undefined)?.[name]) || undefined
}

/** The host's status where it gave one, else our own code. */
const failureOf = ({ code, options }: ParleyError): string => String(options.details?.status ?? code)
