import { describe, expect, it } from 'vitest'
import { RunSteps } from './run-steps.js'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))

describe('D4, D6: what the nodes and tools of a run did', () => {
  it('is kept in the order they began, behind what was being said', () => {
    const steps = new RunSteps()
    expect(steps.all()).toBeUndefined()

    steps.take({ type: 'node.started', node_id: 'n', node_type: 'agent', title: 'Classify', input: { a: 1 } }, at(0))
    steps.said('m')
    steps.take({ type: 'tool.started', call_id: 'c', name: 'search', arguments: { q: 'x' } }, at(1))
    steps.take({ type: 'tool.finished', call_id: 'c', name: 'search', output: ['y'] }, at(3))
    steps.take({ type: 'node.finished', node_id: 'n', status: 'failed', error: 'No.' }, at(4))

    expect(steps.all()).toEqual([
      {
        kind: 'node',
        id: 'n',
        name: 'Classify',
        node_type: 'agent',
        input: { a: 1 },
        status: 'failed',
        error: 'No.',
        started_at: '2026-01-01T00:00:00.000Z',
        elapsed_ms: 4000,
      },
      {
        kind: 'tool',
        id: 'c',
        name: 'search',
        input: { q: 'x' },
        output: ['y'],
        behind_item_id: 'm',
        status: 'completed',
        started_at: '2026-01-01T00:00:01.000Z',
        elapsed_ms: 2000,
      },
    ])
  })

  it('goes on after a wait, where a call that was asked about is answered', () => {
    const before = new RunSteps()
    before.take({ type: 'tool.started', call_id: 'c', name: 'pay', arguments: {} }, at(0))
    const after = new RunSteps(before.all())
    after.take({ type: 'tool.finished', call_id: 'c', name: 'pay', output: 'paid' }, at(60))

    expect(after.all()).toMatchObject([{ id: 'c', status: 'completed', output: 'paid', elapsed_ms: 60_000 }])
    expect(before.all()).toMatchObject([{ id: 'c', status: 'running' }])
  })

  it('is kept of each round, where several are at work at once, and of what went wrong without harm', () => {
    const steps = new RunSteps()
    const within = (round: number) => [{ node_id: 'each', kind: 'iteration' as const, round }]
    const node = (round: number) => ({ node_id: 'ask', within: within(round) })
    steps.take(
      { type: 'node.started', node_id: 'each', node_type: 'iteration', rounds: { kind: 'iteration', length: 2 } },
      at(0),
    )
    for (const round of [0, 1]) steps.take({ type: 'node.round_started', node_id: 'each', round, input: round }, at(1))
    for (const round of [0, 1]) steps.take({ type: 'node.started', ...node(round), node_type: 'llm' }, at(2))
    steps.take({ type: 'node.finished', ...node(0), status: 'failed', is_handled: true, output: 'none' }, at(4))
    steps.take({ type: 'node.finished', ...node(1), status: 'completed', output: 'one' }, at(5))
    steps.take({ type: 'node.round_finished', node_id: 'each', round: 1, status: 'completed', output: 'one' }, at(6))

    expect(steps.all()).toMatchObject([
      { kind: 'node', id: 'each', rounds: { kind: 'iteration', length: 2 }, status: 'running' },
      { kind: 'round', id: 'each', round: 0, input: 0, status: 'running' },
      { kind: 'round', id: 'each', round: 1, input: 1, status: 'completed', output: 'one', elapsed_ms: 5000 },
      { kind: 'node', id: 'ask', within: within(0), status: 'failed', is_handled: true, elapsed_ms: 2000 },
      { kind: 'node', id: 'ask', within: within(1), status: 'completed', output: 'one', elapsed_ms: 3000 },
    ])
  })

  it('is kept by its beginning where it is long, however many there are', () => {
    const steps = new RunSteps()
    for (let index = 0; index < 600; index++) {
      const call = { call_id: `c${index}`, name: 'read' }
      steps.take({ type: 'tool.started', ...call }, at(0))
      steps.take({ type: 'tool.finished', ...call, output: 'x'.repeat(10_000) }, at(1))
    }

    const kept = steps.all() ?? []
    expect(kept).toHaveLength(500)
    expect(kept[0]?.output).toBe(`${'x'.repeat(8_000)}…`)
    expect(JSON.stringify(kept).length).toBeLessThan(250_000)
  })
})
