import type { NodeFinishedEvent, NodePlace, NodeRetriedEvent, NodeRounds, NodeStartedEvent } from '@parley/protocol'
import { isObject } from '../../../base/json.js'
import type { RunRecord } from '../../../engine/engine.js'
import { seconds } from '../encode-time.js'
import type { GraphEventData } from './event-schema.js'

/** Nodes in the words of this API. Source: the ClickAI contract, section 10.4. */

/** A node at work. */
export interface OpenNode {
  /** Of this execution. */
  id: string
  /** Counts the executions of the run, from 1. */
  index: number
  event: NodeStartedEvent
  startedAt: Date
  /** Of one that works in rounds: those that began, by their number. */
  rounds: Map<number, OpenRound>
  /** What the nodes within its rounds took. */
  usage: RunRecord['usage']
}

/** A round of it. */
export interface OpenRound {
  startedAt: Date
  /** Absent: it is not over. */
  seconds?: number
  output?: unknown
}

type Fields = Record<string, unknown>

/** Inputs and outputs of nodes are objects on this wire. */
export const toFields = (value: unknown): Fields => (isObject(value) ? value : { output: value })

export const titleOf = ({ title, node_id }: NodeStartedEvent): string => title ?? node_id

export const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000

/** The innermost round of a kind it stands in. */
const nearest = ({ within = [] }: NodeStartedEvent, kind: NodeRounds['kind']): NodePlace | undefined =>
  within.findLast((place) => place.kind === kind)

const headOf = ({ id, index, event, startedAt }: OpenNode) => ({
  id,
  node_id: event.node_id,
  node_type: event.node_type,
  title: titleOf(event),
  index,
  predecessor_node_id: null,
  inputs: event.input === undefined ? null : toFields(event.input),
  inputs_truncated: false,
  created_at: seconds(startedAt),
  iteration_id: nearest(event, 'iteration')?.node_id ?? null,
  loop_id: nearest(event, 'loop')?.node_id ?? null,
})

export const encodeStartedNode = (node: OpenNode): GraphEventData['node_started'] => ({
  ...headOf(node),
  extras: {},
  agent_strategy: null,
})

const NODE_STATUS = { completed: 'succeeded', failed: 'failed', skipped: 'stopped' } as const

export const encodeFinishedNode = (
  node: OpenNode,
  { status, is_handled, output, error, usage, elapsed_ms }: NodeFinishedEvent,
  now: Date,
): GraphEventData['node_finished'] =>
  doneOf(node, {
    status: status === 'failed' && is_handled ? 'exception' : NODE_STATUS[status],
    output,
    error,
    usage,
    seconds: elapsed_ms === undefined ? undefined : elapsed_ms / 1000,
    now,
  })

export const encodeRetriedNode = (
  node: OpenNode,
  { retry, error }: NodeRetriedEvent,
  now: Date,
): GraphEventData['node_retry'] => ({
  ...doneOf(node, { status: 'retry', error, now }),
  retry_index: retry,
})

/** What came of it, and how long that took. */
interface Done<Status extends string> extends Pick<NodeFinishedEvent, 'output' | 'error' | 'usage'> {
  status: Status
  seconds?: number | undefined
  now: Date
}

const doneOf = <Status extends string>(
  node: OpenNode,
  { status, output, error, usage, now, ...done }: Done<Status>,
) => ({
  ...headOf(node),
  process_data: {},
  process_data_truncated: false,
  outputs: output === undefined ? {} : toFields(output),
  outputs_truncated: false,
  status,
  error: error ?? null,
  elapsed_time: done.seconds ?? secondsBetween(node.startedAt, now),
  execution_metadata: { ...encodeNodeUsage(usage), ...roundsOf(node.event) },
  finished_at: seconds(now),
  files: [],
})

/** In which round it worked. */
function roundsOf(event: NodeStartedEvent): Fields {
  const iteration = nearest(event, 'iteration')
  const loop = nearest(event, 'loop')
  return {
    ...(iteration && { iteration_id: iteration.node_id, iteration_index: iteration.round }),
    ...(loop && { loop_id: loop.node_id, loop_index: loop.round }),
  }
}

/** What it took. */
export const encodeNodeUsage = (usage: NodeFinishedEvent['usage'] | RunRecord['usage']): Fields =>
  usage
    ? {
        total_tokens: usage.total_tokens,
        ...(usage.cost_usd !== undefined && { total_price: usage.cost_usd, currency: 'USD' }),
      }
    : {}
