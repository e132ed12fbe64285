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
