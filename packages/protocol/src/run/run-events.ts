import { z } from 'zod'
import { type ThreadStreamEvent, threadStreamEventSchema } from '../chatkit/events.js'
import { idSchema, indexSchema, openObject } from '../chatkit/wire.js'
import { foundPassageSchema } from './found-passage.js'
import { nodePlaceSchema, nodeRoundsSchema } from './node-place.js'
import { runStatusSchema } from './run-status.js'

/** Reads a {@link RunStartedEvent}. */
export const runStartedEventSchema = openObject({
  type: z.literal('run.started'),
  run_id: idSchema,
  thread_id: idSchema,
  attempt: z.int().min(1),
})

/** Reads a {@link RunWaitingEvent}. */
export const runWaitingEventSchema = openObject({
  type: z.literal('run.waiting'),
  run_id: idSchema,
  item_id: idSchema.optional(),
  reason: z.enum(['client_tool', 'approval', 'form', 'pause']),
})

/** Reads {@link RunUsage}. */
export const runUsageSchema = openObject({
  input_tokens: z.int().min(0),
  output_tokens: z.int().min(0),
  total_tokens: z.int().min(0),
  requests: z.int().min(0).optional(),
  cost_usd: z.number().min(0).optional(),
  input_cost_usd: z.number().min(0).optional(),
  output_cost_usd: z.number().min(0).optional(),
})

/** Reads a {@link RunUsageEvent}. */
export const runUsageEventSchema = openObject({
  type: z.literal('run.usage'),
  run_id: idSchema,
  usage: runUsageSchema,
})

/** Reads a {@link RunEndedEvent}. */
export const runEndedEventSchema = openObject({
  type: z.literal('run.ended'),
  run_id: idSchema,
  status: runStatusSchema.exclude(['queued', 'running']),
  error: z.object({ code: z.string() }).optional(),
})

/** Reads a {@link RunAnnotatedEvent}. */
export const runAnnotatedEventSchema = openObject({
  type: z.literal('run.annotated'),
  run_id: idSchema,
  annotation_id: idSchema,
  author: z.object({ id: z.string(), name: z.string() }).optional(),
})

const nodeShape = { node_id: idSchema, within: nodePlaceSchema.array().optional() }

/** Reads a {@link NodeStartedEvent}. */
export const nodeStartedEventSchema = openObject({
  type: z.literal('node.started'),
  ...nodeShape,
  node_type: z.string(),
  title: z.string().optional(),
  input: z.unknown().optional(),
  rounds: nodeRoundsSchema.optional(),
})

/** Reads a {@link NodeRoundStartedEvent}. */
export const nodeRoundStartedEventSchema = openObject({
  type: z.literal('node.round_started'),
  ...nodeShape,
  round: indexSchema,
  input: z.unknown().optional(),
})

/** Reads a {@link NodeRoundFinishedEvent}. */
export const nodeRoundFinishedEventSchema = openObject({
  type: z.literal('node.round_finished'),
  ...nodeShape,
  round: indexSchema,
  status: z.enum(['completed', 'failed']),
  output: z.unknown().optional(),
  elapsed_ms: z.number().min(0).optional(),
})

/** Reads a {@link NodeRetriedEvent}. */
export const nodeRetriedEventSchema = openObject({
  type: z.literal('node.retried'),
  ...nodeShape,
  retry: z.int().min(1),
  error: z.string().optional(),
})

/** Reads a {@link NodeFinishedEvent}. */
export const nodeFinishedEventSchema = openObject({
  type: z.literal('node.finished'),
  ...nodeShape,
  status: z.enum(['completed', 'failed', 'skipped']),
  output: z.unknown().optional(),
  error: z.string().optional(),
  is_handled: z.boolean().optional(),
  usage: runUsageSchema.optional(),
  elapsed_ms: z.number().min(0).optional(),
})

/** Reads a {@link ToolStartedEvent}. */
export const toolStartedEventSchema = openObject({
  type: z.literal('tool.started'),
  call_id: idSchema,
  name: z.string(),
  arguments: z.unknown().optional(),
})

/** Reads a {@link ToolArgumentsDeltaEvent}. */
export const toolArgumentsDeltaEventSchema = openObject({
  type: z.literal('tool.arguments_delta'),
  call_id: idSchema,
  name: z.string(),
  delta: z.string(),
})

/** Reads a {@link ToolFinishedEvent}. */
export const toolFinishedEventSchema = openObject({
  type: z.literal('tool.finished'),
  call_id: idSchema,
  name: z.string(),
  arguments: z.unknown().optional(),
  output: z.unknown().optional(),
  passages: z.array(foundPassageSchema).optional(),
})

/** Reads a {@link ReasoningDeltaEvent}. */
export const reasoningDeltaEventSchema = openObject({
  type: z.literal('reasoning.delta'),
  item_id: idSchema.optional(),
  delta: z.string(),
})

/** Reads a {@link ParleyRunEvent}. */
export const parleyRunEventSchema = z.discriminatedUnion('type', [
  runStartedEventSchema,
  runWaitingEventSchema,
  runUsageEventSchema,
  runEndedEventSchema,
  runAnnotatedEventSchema,
  nodeStartedEventSchema,
  nodeRoundStartedEventSchema,
  nodeRoundFinishedEventSchema,
  nodeRetriedEventSchema,
  nodeFinishedEventSchema,
  toolStartedEventSchema,
  toolArgumentsDeltaEventSchema,
  toolFinishedEventSchema,
  reasoningDeltaEventSchema,
])

/** Reads a {@link RunEvent}. */
export const runEventSchema = z.discriminatedUnion('type', [threadStreamEventSchema, parleyRunEventSchema])

/** A run took up its work; `attempt` counts from 1 and grows when another node takes over. Parley's own. */
export type RunStartedEvent = z.infer<typeof runStartedEventSchema>

/** The run cannot go on until somebody acts: the page runs a tool, a person approves or fills in the form `item_id`. Parley's own. */
export type RunWaitingEvent = z.infer<typeof runWaitingEventSchema>

/** Tokens and model requests of a run so far, and what they cost in US dollars where prices are known: together, what was read and what was written. Parley's own. */
export type RunUsage = z.infer<typeof runUsageSchema>

/** The {@link RunUsage} of a run, each time it is known anew; the last one counts. Parley's own. */
export type RunUsageEvent = z.infer<typeof runUsageEventSchema>

/** The last event of a run. What the person reads of a failure is the `error` event before it; `error` says its kind, to programs. Parley's own. */
export type RunEndedEvent = z.infer<typeof runEndedEventSchema>

/** The answer is one that somebody wrote for such questions; no model was asked. Parley's own. */
export type RunAnnotatedEvent = z.infer<typeof runAnnotatedEventSchema>

/**
 * A node of a workflow began. With `rounds` it is an iteration or a loop, which works in rounds; a node that works in one
 * of its rounds says so by `within`: the rounds it stands in, the outermost first. Parley's own.
 */
export type NodeStartedEvent = z.infer<typeof nodeStartedEventSchema>

/** A round of an iteration or a loop began, counted from 0; an iteration may have several at once. Parley's own. */
export type NodeRoundStartedEvent = z.infer<typeof nodeRoundStartedEventSchema>

/** A round ended; `output` is what came of it. Parley's own. */
export type NodeRoundFinishedEvent = z.infer<typeof nodeRoundFinishedEventSchema>

/** A node failed and is tried once more: for the first time when `retry` is 1. Parley's own. */
export type NodeRetriedEvent = z.infer<typeof nodeRetriedEventSchema>

/**
 * A node of a workflow ended; `elapsed_ms` is its time in milliseconds, `usage` what it alone took. `is_handled`: it failed
 * and the workflow went on with `output` in place of what it should have given. Parley's own.
 */
export type NodeFinishedEvent = z.infer<typeof nodeFinishedEventSchema>

/** A tool on the server was called. Parley's own. */
export type ToolStartedEvent = z.infer<typeof toolStartedEventSchema>

/** The next characters of a call's arguments (JSON text), while the model writes them. Parley's own. */
export type ToolArgumentsDeltaEvent = z.infer<typeof toolArgumentsDeltaEventSchema>

/** A tool on the server answered; `passages` is what it found in knowledge, for its APIs alone. Parley's own. */
export type ToolFinishedEvent = z.infer<typeof toolFinishedEventSchema>

/** The next characters of the model's reasoning. Parley's own. */
export type ReasoningDeltaEvent = z.infer<typeof reasoningDeltaEventSchema>

/** What happens in a run that ChatKit has no word for. Parley's own. */
export type ParleyRunEvent = z.infer<typeof parleyRunEventSchema>

/** Everything a run can say: ChatKit's events and ours. Each dialect sends those its clients know. */
export type RunEvent = ThreadStreamEvent | ParleyRunEvent
