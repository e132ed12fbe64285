import type { RunTrace, TraceSpan, TraceSummary, TraceUsage } from '@parley/protocol'

/** What a run did in all its attempts: the later one begins `afterMs` behind the beginning of the first. */
export function mergeTraces(earlier: RunTrace, later: RunTrace, afterMs: number): RunTrace {
  const first = Math.max(-1, ...earlier.spans.map(({ id }) => id)) + 1
  const spans = later.spans.map(
    (span): TraceSpan => ({
      ...span,
      id: span.id + first,
      parent: span.parent === null ? null : span.parent + first,
      start_ms: span.start_ms + afterMs,
    }),
  )
  return { summary: addSummaries(earlier.summary, later.summary), spans: [...earlier.spans, ...spans] }
}

function addSummaries(earlier: TraceSummary, later: TraceSummary): TraceSummary {
  const first_text_ms = earlier.first_text_ms ?? later.first_text_ms
  return {
    duration_ms: earlier.duration_ms + later.duration_ms,
    ...(first_text_ms !== undefined && { first_text_ms }),
    usage: addTraceUsage(earlier.usage, later.usage),
    cost: addCosts(earlier.cost, later.cost),
    model_calls: earlier.model_calls + later.model_calls,
    tool_calls: earlier.tool_calls + later.tool_calls,
    spans_left_out: earlier.spans_left_out + later.spans_left_out,
  }
}

const addTraceUsage = (one: TraceUsage, other: TraceUsage): TraceUsage => ({
  input_tokens: one.input_tokens + other.input_tokens,
  cached_tokens: one.cached_tokens + other.cached_tokens,
  output_tokens: one.output_tokens + other.output_tokens,
  reasoning_tokens: one.reasoning_tokens + other.reasoning_tokens,
})

/** What is not known of a part is not known of the whole. */
const addCosts = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other
