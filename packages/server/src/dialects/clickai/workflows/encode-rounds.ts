import type { NodeFinishedEvent, NodeRounds } from '@parley/protocol'
import { isObject } from '../../../base/json.js'
import { seconds } from '../encode-time.js'
import { encodeNodeUsage, type OpenNode, secondsBetween, titleOf, toFields } from './encode-node.js'
import type { GraphEvent } from './event-schema.js'

/** Iterations and loops in the words of this API. Source: the ClickAI contract, section 10.4. */

type Told<Kind extends NodeRounds['kind'], Name extends 'started' | 'next' | 'completed'> = Extract<
  GraphEvent,
  { name: `${Kind}_${Name}` }
>
type Fields = Record<string, unknown>

/** What the events of such a node have in common. It is told by its own id, not by that of an execution. */
const headOf = ({ event, startedAt }: OpenNode, kind: NodeRounds['kind']) => ({
  id: event.node_id,
  node_id: event.node_id,
  node_type: kind,
  title: titleOf(event),
  created_at: seconds(startedAt),
  extras: {},
})

/** A list that is gone through has a name here. */
function inputsOf(input: unknown): Fields {
  if (input === undefined) return {}
  return isObject(input) ? input : { iterator_selector: input }
}

export function encodeStartedRounds(node: OpenNode, { kind, length }: NodeRounds): GraphEvent[] {
  const data = { ...headOf(node, kind), inputs: inputsOf(node.event.input), inputs_truncated: false }
  const metadata = length === undefined ? {} : { [`${kind}_length`]: length }
  return told<'started'>(kind, 'started', { ...data, metadata })
}

/** A round that begins; the first of a loop begins with the loop. */
export function encodeNextRound(node: OpenNode, { kind }: NodeRounds, round: number, now: Date): GraphEvent[] {
  if (kind === 'loop' && round === 0) return []
  const before = node.rounds.get(round - 1)?.output
  return told<'next'>(kind, 'next', {
    ...headOf(node, kind),
    created_at: seconds(now),
    index: round,
    ...(kind === 'loop' && { pre_loop_output: before === undefined ? {} : toFields(before) }),
  })
}

export function encodeCompletedRounds(
  node: OpenNode,
  { kind }: NodeRounds,
  { status, output, error, usage = node.usage, elapsed_ms }: NodeFinishedEvent,
  now: Date,
): GraphEvent[] {
  const durations = [...node.rounds].flatMap(([round, { seconds }]) =>
    seconds === undefined ? [] : [[round, seconds]],
  )
  return told<'completed'>(kind, 'completed', {
    ...headOf(node, kind),
    inputs: inputsOf(node.event.input),
    inputs_truncated: false,
    outputs: output === undefined ? {} : toFields(output),
    outputs_truncated: false,
    status: status === 'completed' ? 'succeeded' : 'failed',
    error: error ?? null,
    elapsed_time: elapsed_ms === undefined ? secondsBetween(node.startedAt, now) : elapsed_ms / 1000,
    total_tokens: usage?.total_tokens ?? 0,
    execution_metadata: { ...encodeNodeUsage(usage), [`${kind}_duration_map`]: Object.fromEntries(durations) },
    finished_at: seconds(now),
    steps: node.rounds.size,
  })
}

const told = <Name extends 'started' | 'next' | 'completed'>(
  kind: NodeRounds['kind'],
  name: Name,
  data: Fields,
): GraphEvent[] => [{ name: `${kind}_${name}`, data } as Told<NodeRounds['kind'], Name>] // a name and what belongs to it
