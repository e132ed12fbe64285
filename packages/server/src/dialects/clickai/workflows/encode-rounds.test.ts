import type { NodePlace, RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { RunStep } from '../../../engine/engine.js'
import { createRunEncoder } from '../messages/encode-run.js'
import { eventSchema } from '../messages/event-schema.js'
import { runEventSchema } from './schema.js'

const begin = Date.UTC(2026, 0, 1)
const SECOND = 1000

/** What is told of these events, each a second after the one before. */
function encode(mode: 'workflow' | 'advanced-chat', events: RunEvent[], before: RunStep[] = []) {
  let time = begin
  let ids = 0
  const { encode: one } = createRunEncoder({
    mode,
    run: { id: 'r', threadId: 't' },
    userId: 'ada',
    graph: { workflowId: 'w', inputs: {}, startedAt: new Date(begin), before },
    now: () => new Date(time),
    newId: () => `id_${ids++}`,
  })
  return events.flatMap((event) => {
    const told = one(event)
    time += SECOND
    return told
  })
}

const each = (round: number): NodePlace => ({ node_id: 'each', kind: 'iteration', round })
const loop = (round: number): NodePlace => ({ node_id: 'loop', kind: 'loop', round })
const ask = (place: NodePlace[]): RunEvent[] => [
  { type: 'node.started', node_id: 'ask', node_type: 'llm', title: 'Ask', within: place },
  {
    type: 'node.finished',
    node_id: 'ask',
    within: place,
    status: 'completed',
    output: 'a',
    usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5, cost_usd: 0.5 },
  },
]
const round = (node_id: string, number: number, within: RunEvent[], output: unknown): RunEvent[] => [
  { type: 'node.round_started', node_id, round: number },
  ...within,
  { type: 'node.round_finished', node_id, round: number, status: 'completed', output },
]
const head = (kind: 'iteration' | 'loop', node_id: string, title: string) => ({
  id: node_id,
  node_id,
  node_type: kind,
  title,
  created_at: expect.any(Number),
  extras: {},
})
const place = { workflow_run_id: 'r', task_id: 'r' }

describe('D4: an iteration', () => {
  const events = encode('workflow', [
    {
      type: 'node.started',
      node_id: 'each',
      node_type: 'iteration',
      title: 'Each',
      input: ['x', 'y'],
      rounds: { kind: 'iteration', length: 2 },
    },
    ...round('each', 0, ask([each(0)]), 'a'),
    ...round('each', 1, ask([each(1)]), 'a'),
    { type: 'node.finished', node_id: 'each', status: 'completed', output: ['a', 'a'] },
  ])

  it('is told by its own events, and by no others', () => {
    expect(events.map(({ event }) => event)).toEqual([
      'iteration_started',
      'iteration_next',
      'node_started',
      'node_finished',
      'iteration_next',
      'node_started',
      'node_finished',
      'iteration_completed',
    ])
    expect(events[0]).toEqual({
      event: 'iteration_started',
      ...place,
      data: {
        ...head('iteration', 'each', 'Each'),
        metadata: { iteration_length: 2 },
        inputs: { iterator_selector: ['x', 'y'] },
        inputs_truncated: false,
      },
    })
    expect(events[4]).toEqual({
      event: 'iteration_next',
      ...place,
      data: { ...head('iteration', 'each', 'Each'), index: 1 },
    })
    expect(events[7]).toEqual({
      event: 'iteration_completed',
      ...place,
      data: {
        ...head('iteration', 'each', 'Each'),
        inputs: { iterator_selector: ['x', 'y'] },
        inputs_truncated: false,
        outputs: { output: ['a', 'a'] },
        outputs_truncated: false,
        status: 'succeeded',
        error: null,
        elapsed_time: 9,
        total_tokens: 10,
        execution_metadata: {
          total_tokens: 10,
          total_price: 1,
          currency: 'USD',
          iteration_duration_map: { 0: 3, 1: 3 },
        },
        finished_at: begin / SECOND + 9,
        steps: 2,
      },
    })
    for (const event of events) expect(runEventSchema.parse(event)).toEqual(event)
  })

  it('is named by the nodes within, which say in which round they work', () => {
    expect(events[5]).toMatchObject({ data: { node_id: 'ask', index: 3, iteration_id: 'each', loop_id: null } })
    expect(events[6]).toMatchObject({
      data: {
        iteration_id: 'each',
        execution_metadata: {
          total_tokens: 5,
          total_price: 0.5,
          currency: 'USD',
          iteration_id: 'each',
          iteration_index: 1,
        },
      },
    })
  })

  it('has each of its rounds tell of its own nodes, though they work at once', () => {
    const beside = encode('workflow', [
      { type: 'node.started', node_id: 'each', node_type: 'iteration', rounds: { kind: 'iteration' } },
      { type: 'node.round_started', node_id: 'each', round: 0 },
      { type: 'node.round_started', node_id: 'each', round: 1 },
      ...[0, 1].flatMap((number) => ask([each(number)]).slice(0, 1)),
      ...[0, 1].flatMap((number) => ask([each(number)]).slice(1)),
    ])

    const ids = beside.flatMap((event) => ('data' in event && 'index' in event.data ? [event.data] : []))
    expect(ids.slice(2)).toMatchObject([{ id: 'id_0' }, { id: 'id_1' }, { id: 'id_0' }, { id: 'id_1' }])
  })
})

describe('D4: a loop', () => {
  const events = encode('advanced-chat', [
    {
      type: 'node.started',
      node_id: 'loop',
      node_type: 'loop',
      title: 'Loop',
      input: { text: '' },
      rounds: { kind: 'loop', length: 10 },
    },
    ...round('loop', 0, ask([loop(0)]), { text: 'a' }),
    ...round('loop', 1, [], { text: 'aa' }),
    { type: 'node.finished', node_id: 'loop', status: 'failed', error: 'Too long.' },
  ])

  it('begins with its first round, and each other says what came of the one before', () => {
    expect(events.map(({ event }) => event)).toEqual([
      'loop_started',
      'node_started',
      'node_finished',
      'loop_next',
      'loop_completed',
    ])
    expect(events[0]).toMatchObject({
      conversation_id: 't',
      data: { ...head('loop', 'loop', 'Loop'), metadata: { loop_length: 10 }, inputs: { text: '' } },
    })
    expect(events[1]).toMatchObject({ data: { iteration_id: null, loop_id: 'loop' } })
    expect(events[3]).toMatchObject({ data: { index: 1, pre_loop_output: { text: 'a' } } })
    expect(events[4]).toMatchObject({
      data: {
        status: 'failed',
        error: 'Too long.',
        outputs: {},
        steps: 2,
        execution_metadata: { loop_duration_map: { 0: 3, 1: 1 } },
      },
    })
  })
})

describe('D4: a node', () => {
  it('that is tried again, fails and is done without, leaves a run that succeeded in part', () => {
    const events = encode('workflow', [
      { type: 'node.started', node_id: 'get', node_type: 'http-request', title: 'Get' },
      { type: 'node.retried', node_id: 'get', retry: 1, error: 'No answer.' },
      {
        type: 'node.finished',
        node_id: 'get',
        status: 'failed',
        error: 'No answer.',
        is_handled: true,
        output: 'none',
      },
      { type: 'run.ended', run_id: 'r', status: 'completed' },
    ])

    expect(events.map(({ event }) => event)).toEqual([
      'node_started',
      'node_retry',
      'node_finished',
      'workflow_finished',
    ])
    expect(events[1]).toMatchObject({ data: { id: 'id_0', status: 'retry', retry_index: 1, error: 'No answer.' } })
    expect(events[2]).toMatchObject({ data: { status: 'exception', error: 'No answer.', outputs: { output: 'none' } } })
    expect(events[3]).toMatchObject({ data: { status: 'partial-succeeded', exceptions_count: 1 } })
    for (const event of events) expect(runEventSchema.parse(event)).toEqual(event)
  })

  it('that began before the run waited goes on for a reader who was not told', () => {
    const started_at = new Date(begin).toISOString()
    const before: RunStep[] = [
      { kind: 'node', id: 'loop', name: 'Loop', rounds: { kind: 'loop' }, status: 'running', started_at },
      { kind: 'round', id: 'loop', name: 'Loop', round: 0, status: 'running', started_at },
      { kind: 'node', id: 'ask', name: 'Ask', within: [loop(0)], status: 'completed', started_at },
    ]
    const events = encode(
      'workflow',
      [
        { type: 'run.started', run_id: 'r', thread_id: 't', attempt: 2 },
        { type: 'node.round_finished', node_id: 'loop', round: 0, status: 'completed', output: 'a' },
        ...round('loop', 1, ask([loop(1)]), 'b'),
        { type: 'node.finished', node_id: 'loop', status: 'completed', output: 'b' },
      ],
      before,
    )

    expect(events.map(({ event }) => event)).toEqual([
      'workflow_started',
      'loop_next',
      'node_started',
      'node_finished',
      'loop_completed',
    ])
    expect(events[1]).toMatchObject({ data: { title: 'Loop', pre_loop_output: { output: 'a' } } })
    expect(events[2]).toMatchObject({ data: { index: 3 } })
    expect(events[4]).toMatchObject({ data: { steps: 2 } })
    for (const event of events) expect(eventSchema.parse(event)).toEqual(event)
  })
})
