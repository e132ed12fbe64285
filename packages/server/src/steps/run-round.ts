import type { NodePlace, NodeRounds, RunEvent } from '@parley/protocol'
import { failed, outcomeOf, type Work, wordsFor } from './work.js'

/**
 * Does the rounds of an iteration or a loop, and tells of the node that they are of.
 *
 * @throws what the work throws
 */
export async function* runInRounds<Output>(
  { id, title, rounds, input }: { id: string; title: string; rounds: NodeRounds; input?: unknown },
  work: Work<Output>,
): AsyncGenerator<RunEvent, Output, undefined> {
  const node = { node_id: id, node_type: rounds.kind, title, rounds }
  yield { type: 'node.started', ...node, ...(input !== undefined && { input }) }
  const outcome = yield* outcomeOf(work)
  if (failed(outcome)) {
    yield { type: 'node.finished', node_id: id, status: 'failed', ...wordsFor(outcome.thrown) }
    throw outcome.thrown
  }
  yield { type: 'node.finished', node_id: id, status: 'completed', output: outcome.output }
  return outcome.output
}

/**
 * Does one round of an iteration or a loop and tells of it; whatever is told of nodes within it says that they are.
 *
 * @throws what the work throws
 */
export async function* runRound<Output>(
  place: NodePlace,
  work: Work<Output>,
  input?: unknown,
): AsyncGenerator<RunEvent, Output, undefined> {
  const { node_id, round } = place
  yield { type: 'node.round_started', node_id, round, ...(input !== undefined && { input }) }
  const outcome = yield* within(place, outcomeOf(work))
  if (failed(outcome)) {
    yield { type: 'node.round_finished', node_id, round, status: 'failed' }
    throw outcome.thrown
  }
  yield { type: 'node.round_finished', node_id, round, status: 'completed', output: outcome.output }
  return outcome.output
}

async function* within<Result>(
  place: NodePlace,
  events: AsyncGenerator<RunEvent, Result, undefined>,
): AsyncGenerator<RunEvent, Result, undefined> {
  try {
    for (;;) {
      const next = await events.next()
      if (next.done) return next.value
      const event = next.value
      yield isOfNode(event) ? { ...event, within: [place, ...(event.within ?? [])] } : event
    }
  } finally {
    await events.return(undefined as Result) // nothing is read of it any more
  }
}

type NodeEvent = Extract<RunEvent, { type: `node.${string}` }>
const isOfNode = (event: RunEvent): event is NodeEvent => event.type.startsWith('node.')
