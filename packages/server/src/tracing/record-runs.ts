import type { TraceSpan, TraceSummary, TraceUsage } from '@parley/protocol'
import type { RunRecorder, Span, SpanAttributes } from '../base/trace.js'
import { describeSpan, rounded } from './describe-span.js'

/** What a recorder keeps. */
export interface RecorderOptions {
  /** Whether what people, models and tools write is kept as well. */
  keepsContent: boolean
  /** Milliseconds; default: the clock of this machine. */
  now?(): number
}

/** A run that goes round in circles is told by its beginning. */
const MOST_SPANS = 500

/** A part of a run while it is being recorded. */
interface Part {
  id: number
  parent: number | null
  name: string
  startedAt: number
  endedAt?: number
  failure?: string | undefined
  attributes: SpanAttributes
}

/**
 * Records runs as trees of the same spans that a collector gets. Costs a few objects per span, and nothing per token:
 * what is written is made when the run is over.
 */
export const runRecorder = ({ keepsContent, now = () => performance.now() }: RecorderOptions): RunRecorder => ({
  record(name, outer) {
    const startedAt = now()
    const parts: Part[] = []
    let leftOut = 0

    function open(what: { name: string; attributes: SpanAttributes; parent: number | null }, beside?: Span): Span {
      const part: Part = {
        id: parts.length,
        parent: what.parent,
        name: what.name,
        startedAt: now(),
        attributes: keepsContent ? { ...what.attributes } : withoutContent(what.attributes),
      }
      if (part.id < MOST_SPANS) parts.push(part)
      else leftOut += 1
      return {
        traceparent: beside?.traceparent,
        keepsContent: keepsContent || beside?.keepsContent === true,
        start: (name, attributes = {}, kind) =>
          open({ name, attributes, parent: part.id < MOST_SPANS ? part.id : 0 }, beside?.start(name, attributes, kind)),
        set(more) {
          Object.assign(part.attributes, keepsContent ? more : withoutContent(more))
          beside?.set(beside.keepsContent ? more : withoutContent(more))
        },
        rename(better) {
          part.name = better
          beside?.rename(better)
        },
        end(failure) {
          if (part.endedAt === undefined) {
            part.endedAt = now()
            part.failure = failure
          }
          beside?.end(failure)
        },
      }
    }

    const span = open({ name, attributes: {}, parent: null }, outer)
    return {
      span,
      finish: ({ failure, isStopped, firstTextMs }) => {
        const endedAt = now()
        const spans = parts.map((part): TraceSpan => {
          const isOpen = part.endedAt === undefined
          const ended = part.id === 0 ? (failure ?? (isStopped ? 'stopped' : undefined)) : part.failure
          return describeSpan({
            ...part,
            startMs: part.startedAt - startedAt,
            durationMs: (part.endedAt ?? endedAt) - part.startedAt,
            failure: isOpen && part.id > 0 ? 'stopped' : ended,
          })
        })
        return { summary: summaryOf(spans, { durationMs: endedAt - startedAt, firstTextMs, leftOut }), spans }
      },
    }
  },
})

/** What people, models and tools wrote stands in attributes of these names. */
const CONTENT: ReadonlySet<string> = new Set([
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.retrieval.query.text',
])

function withoutContent(attributes: SpanAttributes): SpanAttributes {
  const kept: SpanAttributes = {}
  for (const [name, value] of Object.entries(attributes)) if (!CONTENT.has(name)) kept[name] = value
  return kept
}

function summaryOf(
  spans: TraceSpan[],
  { durationMs, firstTextMs, leftOut }: { durationMs: number; firstTextMs: number | undefined; leftOut: number },
): TraceSummary {
  const usage: TraceUsage = { input_tokens: 0, cached_tokens: 0, output_tokens: 0, reasoning_tokens: 0 }
  let cost: number | null = 0
  for (const span of spans) {
    if (span.cost !== undefined) cost = cost === null || span.cost === null ? null : cost + span.cost
    if (!span.usage) continue
    usage.input_tokens += span.usage.input_tokens
    usage.cached_tokens += span.usage.cached_tokens
    usage.output_tokens += span.usage.output_tokens
    usage.reasoning_tokens += span.usage.reasoning_tokens
  }
  return {
    duration_ms: rounded(durationMs),
    ...(firstTextMs !== undefined && { first_text_ms: rounded(firstTextMs) }),
    usage,
    cost: leftOut > 0 ? null : cost,
    model_calls: spans.filter(({ type }) => type === 'model_call').length,
    tool_calls: spans.filter(({ type }) => type === 'tool_call').length,
    spans_left_out: leftOut,
  }
}
