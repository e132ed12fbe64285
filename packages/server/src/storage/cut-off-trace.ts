import type { RunTrace } from '@parley/protocol'

/** What a run is told to have ended with that a crash cut off. */
const CUT_OFF = 'cut_off'

/**
 * What a run did that a crash cut off: what was kept of it on its way, else that it began. When it really ended, and what it
 * cost in all, nobody knows.
 */
export function cutOffTrace(name: string, { summary, spans }: RunTrace = begun(name)): RunTrace {
  return {
    summary: { ...summary, cost: null },
    spans: spans.map((span) => (span.parent === null ? { ...span, status: 'stopped', error: CUT_OFF } : span)),
  }
}

const begun = (name: string): RunTrace => ({
  summary: {
    duration_ms: 0,
    usage: { input_tokens: 0, cached_tokens: 0, output_tokens: 0, reasoning_tokens: 0 },
    cost: null,
    model_calls: 0,
    tool_calls: 0,
    spans_left_out: 0,
  },
  spans: [{ id: 0, parent: null, type: 'run', name, start_ms: 0, duration_ms: 0, status: 'stopped' }],
})
