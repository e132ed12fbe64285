import type { NodePlace } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { Span } from '../base/trace.js'
import { NodeSpans } from './node-spans.js'

/** A span that writes down the way to each span below it, and how that ended. */
function written(lines: string[], way: string[] = []): Span {
  return {
    keepsContent: false,
    start: (name) => written(lines, [...way, name]),
    set: () => undefined,
    rename: () => undefined,
    end: (failure) => lines.push(`${way.join(' > ')}${failure ? `: ${failure}` : ''}`),
  }
}

describe('E7: the nodes of a run in its trace', () => {
  it('stand below the rounds they work in, though these are at work at once', () => {
    const lines: string[] = []
    const run = written(lines)
    const spans = new NodeSpans()
    const within = (round: number): NodePlace[] => [{ node_id: 'each', kind: 'iteration', round }]
    const ask = (round: number) => ({ node_id: 'ask', within: within(round) })

    spans.take({ type: 'node.started', node_id: 'each', node_type: 'iteration', title: 'Each' }, run)
    for (const round of [0, 1]) spans.take({ type: 'node.round_started', node_id: 'each', round }, run)
    for (const round of [0, 1]) spans.take({ type: 'node.started', ...ask(round), node_type: 'llm' }, run)
    spans.take({ type: 'node.started', node_id: 'agent', node_type: 'agent', within: within(0) }, run)
    spans.take({ type: 'node.finished', node_id: 'agent', status: 'completed', within: within(0) }, run)
    spans.take({ type: 'node.finished', ...ask(0), status: 'completed' }, run)
    spans.take({ type: 'node.finished', ...ask(1), status: 'failed' }, run)
    spans.take({ type: 'node.round_finished', node_id: 'each', round: 1, status: 'failed' }, run)
    spans.end()

    expect(lines).toEqual([
      'node Each > round 0 > node ask',
      'node Each > round 1 > node ask: failed',
      'node Each > round 1: failed',
      'node Each > round 0: stopped',
      'node Each: stopped',
    ])
  })
})
