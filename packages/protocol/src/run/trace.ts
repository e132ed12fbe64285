import { z } from 'zod'

/** What a part of a run is. `step`: anything else, e.g. a node of a workflow. */
export const TRACE_SPAN_TYPES = [
  'run',
  'agent',
  'model_call',
  'tool_call',
  'handoff',
  'guardrail',
  'knowledge_search',
  'step',
] as const

/** Reads {@link TraceUsage}. */
export const traceUsageSchema = z.object({
  input_tokens: z.int(),
  cached_tokens: z.int().describe('Of the input tokens those the host had read before.'),
  output_tokens: z.int(),
  reasoning_tokens: z.int().describe('Of the output tokens those nobody sees.'),
})

/** Reads a {@link TraceSpan}. */
export const traceSpanSchema = z
  .object({
    id: z.int().describe('Counts from 0 within the run.'),
    parent: z.int().nullable().describe('The span this is a part of; `null`: the run itself.'),
    type: z.enum(TRACE_SPAN_TYPES),
    name: z.string().describe('Of the app, agent, model, tool or guardrail.'),
    start_ms: z.number().describe('Since the run began.'),
    duration_ms: z.number(),
    status: z.enum(['completed', 'failed', 'stopped']),
    error: z.string().optional().describe('A short name of what went wrong.'),
    usage: traceUsageSchema.optional().describe('Of a model call that said so.'),
    cost: z.number().nullable().optional().describe('Of a model call, in US dollars; `null`: its price is not known.'),
    first_token_ms: z.number().optional().describe('Of a model call: until its first words.'),
    input: z.string().optional().describe('What was given; absent where the server keeps no content.'),
    output: z.string().optional().describe('What came of it; likewise.'),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'TraceSpan' })

/** Reads a {@link TraceSummary}. */
export const traceSummarySchema = z.object({
  duration_ms: z.number().describe('Of all attempts together, without the time it waited for a person.'),
  first_text_ms: z.number().optional().describe('Until the first words of the answer.'),
  usage: traceUsageSchema,
  cost: z.number().nullable().describe('In US dollars; `null`: the price of a model it asked is not known.'),
  model_calls: z.int(),
  tool_calls: z.int(),
  spans_left_out: z.int().describe('Beyond the most a trace keeps.'),
})

/** Tokens of one model call, or of several together. Parley's own. */
export type TraceUsage = z.infer<typeof traceUsageSchema>
/** One part of a run: an agent, a model call, a tool call, a handoff, a guardrail, a search. Parley's own. */
export type TraceSpan = z.infer<typeof traceSpanSchema>
/** What a run took, over all its parts. Parley's own. */
export type TraceSummary = z.infer<typeof traceSummarySchema>
/** What a run did, as the tree of its parts. Parley's own. */
export interface RunTrace {
  summary: TraceSummary
  spans: TraceSpan[]
}
