import type { StreamEvent } from '@openai/agents-core/types'
import type { ParleyError } from '@parley/protocol'
import type { ModelCallFacts } from '../base/observer.js'
import type { Span } from '../base/trace.js'
import type { ModelHost } from './model-host.js'

/** What the host is sent. */
type ModelBody = { model: string } & Record<string, unknown>

/** One call of a model, as traces and metrics see it. */
export interface ModelCall {
  /** The host, told which piece of work this is. */
  host: ModelHost
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
export function startModelCall(host: ModelHost, body: ModelBody): ModelCall {
  const { model } = body
  const { trace = {}, observer } = host
  const begin = performance.now()
  const span = trace.span?.start(`chat ${model}`, { ...ALWAYS, ...attributesOf(host, body) }, 'client')
  if (span?.keepsContent) span.set(inputOf(body))
  let ended = false

  const end = (status: ModelCallFacts['status'], { inputTokens = 0, outputTokens = 0, failure = '' } = {}) => {
    if (ended) return
    ended = true
    span?.end(failure || (status === 'stopped' ? 'stopped' : undefined))
    observer?.modelCallEnded({
      ...(trace.requestId !== undefined && { requestId: trace.requestId }),
      model,
      host: new URL(host.baseUrl).host,
      status,
      durationMs: performance.now() - begin,
      inputTokens,
      outputTokens,
    })
  }

  return {
    host: span ? { ...host, trace: { ...trace, span } } : host,
    heard(events) {
      const last = events.at(-1) // an answer ends with its end
      if (last?.type === 'response_done') {
        if (span) tellAnswer(span, last)
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

/** Every host here speaks OpenAI's language; which one it is, `server.address` says. */
const ALWAYS = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.system': 'openai' }

function attributesOf({ baseUrl }: ModelHost, { model, ...settings }: ModelBody) {
  const { hostname, port, protocol } = new URL(baseUrl)
  return {
    'gen_ai.request.model': model,
    'gen_ai.request.temperature': toNumber(settings.temperature),
    'gen_ai.request.top_p': toNumber(settings.top_p),
    'gen_ai.request.max_tokens': toNumber(settings.max_tokens ?? settings.max_output_tokens),
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  }
}

const toNumber = (value: unknown) => (typeof value === 'number' ? value : undefined)

const inputOf = ({ messages, instructions, input }: ModelBody) => ({
  'gen_ai.system_instructions': typeof instructions === 'string' ? instructions : undefined,
  'gen_ai.input.messages': JSON.stringify(messages ?? input),
})

function tellAnswer(span: Span, { response }: Extract<StreamEvent, { type: 'response_done' }>): void {
  const { id, usage, output } = response
  span.set({
    'gen_ai.response.id': id,
    'gen_ai.usage.input_tokens': usage.inputTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
    ...(span.keepsContent && { 'gen_ai.output.messages': JSON.stringify(output) }),
  })
}

/** The host's status where it gave one, else our own code. */
const failureOf = ({ code, options }: ParleyError): string => String(options.details?.status ?? code)
