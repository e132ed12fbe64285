import type { TraceSpan, TraceUsage } from '@parley/protocol'
import type { SpanAttributes } from '../base/trace.js'

/** A part of a run as it was recorded: in the words of OpenTelemetry's conventions. */
export interface RecordedSpan {
  id: number
  parent: number | null
  name: string
  startMs: number
  durationMs: number
  failure?: string | undefined
  attributes: SpanAttributes
}

/** Of one text; what is longer is cut. */
const LONGEST_TEXT = 16_000

/** What kind of part it is, by what it says of itself; the first that fits. */
const TYPES: [type: TraceSpan['type'], is: (attributes: SpanAttributes) => boolean, nameAt?: string][] = [
  ['model_call', (of) => of['gen_ai.operation.name'] === 'chat', 'gen_ai.request.model'],
  ['tool_call', (of) => of['gen_ai.operation.name'] === 'execute_tool', 'gen_ai.tool.name'],
  ['knowledge_search', (of) => of['gen_ai.operation.name'] === 'retrieval'],
  ['guardrail', (of) => of['parley.guardrail.name'] !== undefined, 'parley.guardrail.name'],
  ['handoff', (of) => of['parley.handoff.to'] !== undefined, 'parley.handoff.to'],
  ['agent', (of) => of['gen_ai.agent.name'] !== undefined, 'gen_ai.agent.name'],
]

/** Said by fields of their own, or of no use beside them. */
const TOLD = new Set([
  'gen_ai.operation.name',
  'gen_ai.system',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.tool.name',
  'gen_ai.agent.name',
  'gen_ai.agent.id',
  'gen_ai.conversation.id',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.reasoning.output_tokens',
  'gen_ai.response.time_to_first_chunk',
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'parley.cost.usd',
  'parley.guardrail.name',
  'parley.handoff.to',
  'gen_ai.retrieval.query.text',
  'parley.run.id',
  'parley.run.status',
])

/** A recorded part as it is stored and shown. */
export function describeSpan({ id, parent, name, startMs, durationMs, failure, attributes }: RecordedSpan): TraceSpan {
  const [type, , nameAt] = parent === null ? (['run'] as const) : (TYPES.find(([, is]) => is(attributes)) ?? ['step'])
  const usage = usageOf(attributes)
  const firstSeconds = attributes['gen_ai.response.time_to_first_chunk']
  const cost = attributes['parley.cost.usd']
  const input = inputOf(attributes)
  const output = textOf(attributes['gen_ai.output.messages'] ?? attributes['gen_ai.tool.call.result'])
  const rest = Object.entries(attributes).filter(
    (entry): entry is [string, string | number | boolean] => entry[1] !== undefined && !TOLD.has(entry[0]),
  )
  return {
    id,
    parent,
    type,
    name: String((nameAt && attributes[nameAt]) ?? name),
    start_ms: rounded(startMs),
    duration_ms: rounded(durationMs),
    status: statusOf(failure),
    ...(failure !== undefined && failure !== 'stopped' && { error: failure }),
    ...(usage && { usage }),
    ...(type === 'model_call' && (usage || failure === 'stopped') && { cost: typeof cost === 'number' ? cost : null }),
    ...(typeof firstSeconds === 'number' && { first_token_ms: rounded(firstSeconds * 1000) }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(rest.length > 0 && { attributes: Object.fromEntries(rest) }),
  }
}

function statusOf(failure: string | undefined): TraceSpan['status'] {
  if (failure === undefined) return 'completed'
  return failure === 'stopped' ? 'stopped' : 'failed'
}

function usageOf(attributes: SpanAttributes): TraceUsage | undefined {
  if (attributes['gen_ai.operation.name'] !== 'chat') return undefined // the run's own is the sum of these
  const read = (name: string) => Number(attributes[`gen_ai.usage.${name}`] ?? 0)
  if (attributes['gen_ai.usage.input_tokens'] === undefined) return undefined
  return {
    input_tokens: read('input_tokens'),
    cached_tokens: read('cache_read.input_tokens'),
    output_tokens: read('output_tokens'),
    reasoning_tokens: read('reasoning.output_tokens'),
  }
}

/** Of a long conversation its end says what was asked. */
function inputOf(attributes: SpanAttributes): string | undefined {
  const messages = attributes['gen_ai.input.messages']
  if (typeof messages === 'string')
    return messages.length > LONGEST_TEXT ? `… ${messages.slice(-LONGEST_TEXT)}` : messages
  return textOf(attributes['gen_ai.tool.call.arguments'] ?? attributes['gen_ai.retrieval.query.text'])
}

function textOf(value: SpanAttributes[string]): string | undefined {
  if (value === undefined) return undefined
  const text = String(value)
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)} …` : text
}

/** Tenths of a millisecond are enough for anybody. */
export const rounded = (milliseconds: number): number => Math.round(milliseconds * 10) / 10
