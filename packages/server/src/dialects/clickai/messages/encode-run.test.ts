import type { AppMode, RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { isGraph } from '../decode-call.js'
import { foldRun } from '../workflows/encode.js'
import { createRunEncoder, foldAnswer } from './encode-run.js'

const now = new Date('2026-01-01T00:00:00.000Z')
const head = { thread_id: 't', created_at: now.toISOString() }
const asked: RunEvent = {
  type: 'thread.item.done',
  item: {
    ...head,
    id: 'u',
    type: 'user_message',
    content: [{ type: 'input_text', text: 'Hi' }],
    attachments: [],
    inference_options: {},
  },
}
const said = (text: string, id = 'a'): RunEvent => ({
  type: 'thread.item.done',
  item: { ...head, id, type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }] },
})
const ended = (status: 'completed' | 'failed' | 'cancelled' | 'waiting' = 'completed'): RunEvent => ({
  type: 'run.ended',
  run_id: 'r',
  status,
})
const delta = (text: string): RunEvent => ({
  type: 'thread.item.updated',
  item_id: 'a',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
})

function encode(mode: AppMode, ...events: RunEvent[]) {
  let ids = 0
  const { encode: one } = createRunEncoder({
    mode,
    run: { id: 'r', threadId: 't' },
    userId: 'ada',
    ...(isGraph(mode) && { graph: { workflowId: 'w', inputs: { city: 'Hue' }, startedAt: now, before: [] } }),
    now: () => now,
    newId: () => `id_${ids++}`,
  })
  return [asked, ...events].flatMap(one)
}

describe('D4: the events of a run', () => {
  it('say what was replaced, removed, drawn and shown', () => {
    const image: RunEvent = {
      type: 'thread.item.done',
      item: { ...head, id: 'g', type: 'generated_image', image: { id: 'i', url: 'https://x.example/i.png' } },
    }
    const removed: RunEvent = { type: 'thread.item.removed', item_id: 'b' }
    const events = encode('chat', delta('Half'), said('Whole'), said('More', 'b'), image, removed, ended())

    expect(events.map(({ event }) => event)).toEqual([
      'message',
      'message_replace',
      'message',
      'message_file',
      'message_replace',
      'message_end',
    ])
    expect(events[1]).toMatchObject({ answer: 'Whole', reason: 'output_moderation', message_id: 'r' })
    expect(events[2]).toMatchObject({ answer: '\n\nMore' })
    expect(events[3]).toMatchObject({ id: 'i', type: 'image', belongs_to: 'assistant', url: 'https://x.example/i.png' })
    expect(foldAnswer(events, 'chat')).toMatchObject({ answer: 'Whole', id: 'r', mode: 'chat' })
  })

  it('of an agent with two calls at once make one thought', () => {
    const call = (id: string): RunEvent => ({ type: 'tool.started', call_id: id, name: id, arguments: { a: 1 } })
    const done = (id: string): RunEvent => ({ type: 'tool.finished', call_id: id, name: id, output: 'ok' })
    const events = encode('agent-chat', call('x'), call('y'), done('y'), done('x'), said('Done'), ended())

    const thoughts = events.filter(({ event }) => event === 'agent_thought')
    expect(thoughts.map((thought) => 'position' in thought && thought.position)).toEqual([1, 1, 1, 1, 1, 2, 2])
    expect(thoughts[4]).toMatchObject({ tool: 'x;y', observation: '{"x":"ok","y":"ok"}' })
  })

  it('of an app that runs a graph tell its nodes', () => {
    const nodes: RunEvent[] = [
      { type: 'node.started', node_id: 'n1', node_type: 'agent', title: 'Classify', input: { a: 1 } },
      { type: 'node.finished', node_id: 'n1', status: 'completed', output: 'b', elapsed_ms: 1500 },
    ]
    const events = encode('advanced-chat', ...nodes, said('Done'), ended())

    expect(events.map(({ event }) => event)).toEqual([
      'workflow_started',
      'node_started',
      'node_finished',
      'message',
      'message_end',
      'workflow_finished',
    ])
    expect(events[0]).toMatchObject({
      conversation_id: 't',
      task_id: 'r',
      workflow_run_id: 'r',
      data: { id: 'r', workflow_id: 'w', reason: 'initial', inputs: { 'sys.query': 'Hi', 'sys.user_id': 'ada' } },
    })
    expect(events[2]).toMatchObject({
      data: {
        node_id: 'n1',
        title: 'Classify',
        index: 1,
        inputs: { a: 1 },
        outputs: { output: 'b' },
        status: 'succeeded',
        elapsed_time: 1.5,
      },
    })
    expect(events[5]).toMatchObject({ data: { status: 'succeeded', outputs: { answer: 'Done' }, total_steps: 1 } })
  })

  it.each([
    ['failed', ['workflow_started', 'workflow_finished', 'error']],
    ['cancelled', ['workflow_started', 'message_end', 'workflow_finished']],
    ['waiting', ['workflow_started', 'workflow_paused']],
  ] as const)('of a graph that ended as %s', (status, names) => {
    const failure: RunEvent[] =
      status === 'failed' ? [{ type: 'error', code: 'custom', message: 'No.', allow_retry: false }] : []

    expect(encode('advanced-chat', ...failure, ended(status)).map(({ event }) => event)).toEqual(names)
  })

  it('say nothing of nodes where the app is none of graphs', () => {
    const node: RunEvent = { type: 'node.started', node_id: 'n1', node_type: 'agent' }
    expect(encode('chat', node, ended()).map(({ event }) => event)).toEqual(['message_end'])
  })

  const question: RunEvent = {
    type: 'thread.item.done',
    item: {
      ...head,
      id: 'f',
      type: 'structured_input',
      status: 'pending',
      inputs: [
        {
          id: 'ok',
          type: 'multiple_choice',
          question: 'Send it?',
          options: [{ value: 'Approve' }, { value: 'Reject' }],
          multiple: false,
        },
        { id: 'why', type: 'freeform', question: 'Why?' },
      ],
    },
  }

  it('of a graph that asks a person tell the form, in a stream and at once', () => {
    const events = encode('advanced-chat', said('One moment.'), question, ended('waiting'))

    expect(events.map(({ event }) => event)).toEqual([
      'workflow_started',
      'message',
      'human_input_required',
      'workflow_paused',
    ])
    expect(events[2]).toMatchObject({
      workflow_run_id: 'r',
      data: {
        form_id: 'f',
        form_content: 'Send it?\n\nWhy?\n\n{{#$output.why#}}',
        inputs: [{ type: 'paragraph', output_variable_name: 'why' }],
        actions: [
          { id: 'Approve', title: 'Approve', button_style: 'primary' },
          { id: 'Reject', title: 'Reject', button_style: 'default' },
        ],
        form_token: expect.stringMatching(/^[\w-]+$/),
      },
    })
    expect(events[3]).toMatchObject({
      data: { status: 'paused', reasons: [{ TYPE: 'human_input_required', form_id: 'f' }] },
    })
    expect(foldAnswer(events, 'advanced-chat')).toMatchObject({
      event: 'workflow_paused',
      id: 'r',
      conversation_id: 't',
      answer: 'One moment.',
      metadata: { usage: { total_tokens: 0 } },
    })
  })

  it('of a workflow have no message: text, nodes, tools, reasoning, the end', () => {
    const events = encode(
      'workflow',
      { type: 'node.started', node_id: 'n1', node_type: 'agent', title: 'Write' },
      { type: 'reasoning.delta', delta: 'Hm.' },
      { type: 'tool.started', call_id: 'c', name: 'search', arguments: { q: 1 } },
      { type: 'tool.finished', call_id: 'c', name: 'search', output: 'found' },
      delta('Half'),
      said('Whole'),
      { type: 'node.finished', node_id: 'n1', status: 'completed' },
      ended(),
    )

    expect(events.map(({ event }) => event)).toEqual([
      'workflow_started',
      'node_started',
      'reasoning_chunk',
      'agent_log',
      'agent_log',
      'reasoning_chunk',
      'text_chunk',
      'text_replace',
      'node_finished',
      'workflow_finished',
    ])
    for (const event of events) expect(Object.keys(event)).toEqual(['event', 'workflow_run_id', 'task_id', 'data'])
    expect(events[0]).toMatchObject({ data: { inputs: { city: 'Hue', 'sys.user_id': 'ada' } } })
    expect(events[4]).toMatchObject({ data: { status: 'success', data: { output: 'found' }, node_id: 'n1' } })
    expect(events[5]).toMatchObject({ data: { is_final: true, message_id: null } })
    expect(events[6]).toMatchObject({ data: { text: 'Half', from_variable_selector: ['n1', 'text'] } })
    expect(foldRun(events)).toMatchObject({
      workflow_run_id: 'r',
      task_id: 'r',
      data: {
        id: 'r',
        workflow_id: 'w',
        status: 'succeeded',
        outputs: { result: 'Whole' },
        error: null,
        total_steps: 1,
      },
    })
  })

  it('of a workflow that fails are its outcome, and an answer that is JSON names its outputs', () => {
    const failure: RunEvent = { type: 'error', code: 'custom', message: 'No.', allow_retry: false }
    expect(foldRun(encode('workflow', failure, ended('failed')))).toMatchObject({
      data: { status: 'failed', error: 'No.' },
    })
    expect(foldRun(encode('workflow', said('{"total":3}'), ended()))).toMatchObject({ data: { outputs: { total: 3 } } })
    expect(foldRun(encode('workflow', question, ended('waiting')))).toMatchObject({
      data: { status: 'paused', finished_at: null, reasons: [{ form_id: 'f' }] },
    })
  })
})
