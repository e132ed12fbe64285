import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import {
  type RunEvent,
  runEventSchema,
  runRequestSchema,
  type ThreadStreamEvent,
  type ThreadWithRun,
  threadSchema,
  threadWithRunSchema,
} from '../index.js'

const run_id = 'run_1'
const events = [
  { type: 'run.started', run_id, thread_id: 'thr_1', attempt: 1 },
  { type: 'run.waiting', run_id, item_id: 'itm_1', reason: 'approval' },
  { type: 'run.usage', run_id, usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3, requests: 1 } },
  { type: 'run.ended', run_id, status: 'interrupted' },
  { type: 'node.started', node_id: 'n1', node_type: 'llm', title: 'Ask', input: { q: 'x' } },
  { type: 'node.finished', node_id: 'n1', status: 'completed', output: [1], elapsed_ms: 12 },
  { type: 'node.started', node_id: 'each', node_type: 'iteration', rounds: { kind: 'iteration', length: 2 } },
  { type: 'node.round_started', node_id: 'each', round: 0, input: 'x' },
  {
    type: 'node.retried',
    node_id: 'n1',
    within: [{ node_id: 'each', kind: 'iteration', round: 0 }],
    retry: 1,
    error: 'No.',
  },
  { type: 'node.round_finished', node_id: 'each', round: 0, status: 'completed', output: 'y' },
  { type: 'node.finished', node_id: 'each', status: 'failed', is_handled: true },
  { type: 'tool.started', call_id: 'c1', name: 'search', arguments: { q: 'x' } },
  { type: 'tool.arguments_delta', call_id: 'c1', name: 'search', delta: '{"q' },
  { type: 'tool.finished', call_id: 'c1', name: 'search', arguments: { q: 'x' }, output: 'y' },
  { type: 'reasoning.delta', item_id: 'itm_1', delta: 'Hm' },
  { type: 'progress_update', text: 'An event of ChatKit' },
]

describe('run events', () => {
  it.each(events.map((event) => [event.type, event]))('%s is read whole', (_, event) => {
    expect(runEventSchema.parse({ ...event, extra: 1 })).toStrictEqual({ ...event, extra: 1 })
  })

  it.each([
    ['an end that is none', { type: 'run.ended', run_id, status: 'running' }, 'status'],
    ['attempt zero', { type: 'run.started', run_id, thread_id: 't', attempt: 0 }, 'attempt'],
    [
      'half a token',
      { type: 'run.usage', run_id, usage: { input_tokens: 0.5, output_tokens: 0, total_tokens: 0 } },
      'usage.input_tokens',
    ],
  ])('%s is refused', (_, event, path) => {
    expect(runEventSchema.safeParse(event).error?.issues[0]?.path.join('.')).toBe(path)
  })

  it('and ChatKit events are one union that narrows on type', () => {
    const event = {} as RunEvent // never read: only its type is looked at
    if (event.type === 'run.ended') expectTypeOf(event.status).not.toEqualTypeOf<string>()
    expectTypeOf<ThreadStreamEvent>().toExtend<RunEvent>()
    expectTypeOf<z.infer<typeof runEventSchema>>().toEqualTypeOf<RunEvent>()
  })
})

describe('run requests', () => {
  it('resume from the beginning unless told where', () => {
    const request = { type: 'runs.resume', params: { thread_id: 't' } }

    expect(runRequestSchema.parse(request)).toEqual({ ...request, params: { thread_id: 't', after: 0 }, metadata: {} })
  })

  it('cancel by thread', () => {
    const request = { type: 'runs.cancel', params: { thread_id: 't' }, metadata: {} }

    expect(runRequestSchema.parse(request)).toEqual(request)
  })

  it.each([
    ['no thread', { type: 'runs.cancel', params: {} }, 'params.thread_id'],
    ['a number before the first', { type: 'runs.resume', params: { thread_id: 't', after: -1 } }, 'params.after'],
  ])('with %s are refused', (_, request, path) => {
    expect(runRequestSchema.safeParse(request).error?.issues[0]?.path.join('.')).toBe(path)
  })
})

describe('a thread with its run', () => {
  const thread = {
    id: 't',
    created_at: '2026-11-20T22:42:46Z',
    status: { type: 'active' },
    metadata: {},
    items: { data: [], has_more: false },
    run: { id: run_id, status: 'running' },
  }

  it('is read with the run, and by others as any thread', () => {
    expect(threadWithRunSchema.parse(thread)).toEqual(thread)
    expect(threadSchema.parse(thread)).toEqual(thread)
    expectTypeOf<z.infer<typeof threadWithRunSchema>>().toExtend<ThreadWithRun>()
    expectTypeOf<ThreadWithRun>().toExtend<z.infer<typeof threadWithRunSchema>>()
  })

  it('may be without one', () => {
    const { run: _, ...idle } = thread

    expect(threadWithRunSchema.parse(idle)).toEqual(idle)
  })
})
