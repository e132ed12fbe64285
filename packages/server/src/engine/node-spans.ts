import {
  type NodeFinishedEvent,
  type NodeRoundFinishedEvent,
  type NodeRoundStartedEvent,
  type NodeStartedEvent,
  nodeKey,
} from '@parley/protocol'
import type { Span } from '../base/trace.js'

type NodeEvent = NodeStartedEvent | NodeRoundStartedEvent | NodeRoundFinishedEvent | NodeFinishedEvent

/**
 * The nodes of a run and their rounds as parts of its trace: what is done within a round is a part of that. Agents trace
 * themselves, and what they do.
 */
export class NodeSpans {
  readonly #open = new Map<string, Span>()

  /** @param run What the nodes are a part of; absent: nobody traces it. */
  take(event: NodeEvent, run: Span | undefined): void {
    if (!run) return
    const key = keyOf(event)
    if (event.type === 'node.started') {
      if (event.node_type === 'agent') return
      const above = this.#aboveOf(event) ?? run
      const attributes = { 'parley.node.id': event.node_id, 'parley.node.type': event.node_type }
      this.#open.set(key, above.start(`node ${event.title ?? event.node_id}`, attributes))
    } else if (event.type === 'node.round_started') {
      const above = this.#open.get(nodeKey(event)) ?? run
      const attributes = { 'parley.node.id': event.node_id, 'parley.node.round': event.round }
      this.#open.set(key, above.start(`round ${event.round}`, attributes))
    } else {
      this.#open.get(key)?.end(event.status === 'failed' ? 'failed' : undefined)
      this.#open.delete(key)
    }
  }

  /** The run is over, whatever its nodes were doing. */
  end(): void {
    for (const span of [...this.#open.values()].reverse()) span.end('stopped')
    this.#open.clear()
  }

  /** The round it stands in. */
  #aboveOf({ within = [] }: NodeEvent): Span | undefined {
    const place = within.at(-1)
    return place && this.#open.get(roundKey({ ...place, within: within.slice(0, -1) }))
  }
}

const roundKey = (round: Pick<NodeRoundStartedEvent, 'node_id' | 'within' | 'round'>) =>
  `${nodeKey(round)}${round.round}`
const keyOf = (event: NodeEvent) => ('round' in event ? roundKey(event) : nodeKey(event))
