import type { RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { createChatEncoder } from './encode-stream.js'

const head = { id: 't1', createdAt: '2026-01-01T00:00:00Z', agentKey: 'helper', elapsedMs: () => 250 }
const item = { thread_id: 't1', created_at: '2026-01-01T00:00:01Z' }
const started: RunEvent = { type: 'run.started', run_id: 'r1', thread_id: 't1', attempt: 1 }
const asked: RunEvent = {
  type: 'thread.item.done',
  item: { type: 'user_message', id: 'u1', ...item, content: [], attachments: [], inference_options: {} },
}
const added: RunEvent = {
  type: 'thread.item.added',
  item: { type: 'assistant_message', id: 'a1', ...item, content: [] },
}
const delta = (words: string): RunEvent => ({
  type: 'thread.item.updated',
  item_id: 'a1',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: words },
})
const said = (words: string): RunEvent => ({
  type: 'thread.item.done',
  item: {
    type: 'assistant_message',
    id: 'a1',
    ...item,
    content: [{ type: 'output_text', text: words, annotations: [] }],
  },
})
const ended = (status: 'completed' | 'waiting' | 'failed' | 'cancelled'): RunEvent => ({
  type: 'run.ended',
  run_id: 'r1',
  status,
})

/** A frame as a client gets it. */
interface Received {
  event?: string
  data: { type: string; event?: string; data: Record<string, unknown> }
}

const framesOf = (events: RunEvent[]): Received[] =>
  JSON.parse(JSON.stringify(events.flatMap(createChatEncoder(head)))) as Received[]

const contentsOf = (frames: Received[], type: string) =>
  frames.filter(({ data }) => data.data?.type === type).map(({ data }) => data.data)

const namesOf = (frames: Received[]) => frames.map(({ data }) => data.event ?? data.data?.type ?? data.type)

describe('a run in the words of Xpert’s chat', () => {
  it('opens the conversation and the message, streams text, and closes both', () => {
    const frames = framesOf([started, asked, added, delta('Hel'), delta('lo'), said('Hello'), ended('completed')])

    expect(namesOf(frames)).toEqual([
      'on_conversation_start',
      'on_message_start',
      'on_agent_start',
      'text',
      'text',
      'on_agent_end',
      'on_message_end',
      'on_conversation_end',
      'complete',
    ])
    expect(frames[0]?.data.data).toEqual({
      id: 't1',
      status: 'busy',
      createdAt: head.createdAt,
      updatedAt: item.created_at,
      userMessage: { id: 'u1', createdAt: item.created_at },
    })
    expect(frames[1]?.data.data).toMatchObject({ id: 'r1', executionId: 'r1', conversationId: 't1', role: 'ai' })
    expect(frames[3]?.data).toEqual({ type: 'message', data: { type: 'text', text: 'Hel', id: 'a1' } })
    expect(frames.at(-2)?.data.data).toEqual({ id: 't1', status: 'idle' })
    expect(frames.at(-1)).toEqual({ event: 'complete', data: { type: 'complete' } })
    expect(frames.slice(0, -1).every(({ event }) => event === undefined)).toBe(true)
  })

  it('sends text whole that was not streamed', () => {
    const texts = contentsOf(framesOf([started, asked, said('Hello'), ended('completed')]), 'text')

    expect(texts.map(({ text }) => text)).toEqual(['Hello'])
  })

  it('shows a tool call once, under its own id and its readable name', () => {
    const call = { call_id: 'c1', name: 'look_up' }
    const task = { type: 'custom', title: 'Looking it up', status_indicator: 'loading' } as const
    const workflow = { type: 'custom', tasks: [task], expanded: false } as const
    const step = { type: 'workflow', id: 'w1', ...item } as const
    const frames = framesOf([
      started,
      { type: 'tool.started', ...call, arguments: { q: 'x' } },
      { type: 'thread.item.added', item: { ...step, workflow: { ...workflow, tasks: [task] } } },
      { type: 'tool.finished', ...call, output: 'found' },
      {
        type: 'thread.item.updated',
        item_id: 'w1',
        update: { type: 'workflow.task.updated', task_index: 0, task: { ...task, status_indicator: 'complete' } },
      },
      {
        type: 'thread.item.done',
        item: { ...step, workflow: { ...workflow, tasks: [{ ...task, status_indicator: 'complete' }] } },
      },
      ended('completed'),
    ])

    const steps = contentsOf(frames, 'component')
    expect(new Set(steps.map(({ id }) => id))).toEqual(new Set(['c1']))
    expect(Object.assign({}, ...steps.map(({ data }) => data))).toEqual({
      category: 'Tool',
      tool: 'look_up',
      title: 'Looking it up',
      input: { q: 'x' },
      output: 'found',
      status: 'success',
    })
  })

  it('sends a thought as it grows, once', () => {
    const thought = (content: string, task_index = 0): RunEvent => ({
      type: 'thread.item.updated',
      item_id: 'w1',
      update: {
        type: 'workflow.task.updated',
        task_index,
        task: { type: 'thought', content, status_indicator: 'none' },
      },
    })

    const frames = framesOf([started, thought('I'), thought('I think'), thought('I think'), ended('completed')])

    const texts = contentsOf(frames, 'reasoning').map(({ text }) => text)
    expect(texts).toEqual(['I', ' think'])
  })

  it('ends with what the page has to run', () => {
    const frames = framesOf([
      started,
      {
        type: 'thread.item.done',
        item: {
          type: 'client_tool_call',
          id: 'i1',
          ...item,
          status: 'pending',
          call_id: 'c1',
          name: 'locate',
          arguments: { a: 1 },
        },
      },
      { type: 'run.waiting', run_id: 'r1', item_id: 'i1', reason: 'client_tool' },
      ended('waiting'),
    ])

    expect(frames.find(({ data }) => data.event === 'on_interrupt')?.data.data).toMatchObject({
      tasks: [
        { interrupts: [{ id: 'i1', value: { clientToolCalls: [{ name: 'locate', args: { a: 1 }, id: 'c1' }] } }] },
      ],
    })
    expect(frames.at(-2)?.data.data.status).toBe('interrupted')
  })

  it('says what went wrong', () => {
    const problem: RunEvent = { type: 'error', code: 'custom', message: 'Out to lunch.', allow_retry: true }

    const frames = framesOf([started, asked, problem, ended('failed')])

    expect(frames.at(-3)?.data.data).toMatchObject({ status: 'error', error: 'Out to lunch.' })
    expect(frames.at(-2)?.data.data).toEqual({ id: 't1', status: 'error', error: 'Out to lunch.' })
  })

  it('calls a stopped answer neither good nor failed', () => {
    const frames = framesOf([started, asked, added, delta('Hel'), ended('cancelled')])

    expect(frames.at(-3)?.data.data.status).toBe('aborted')
    expect(frames.at(-2)?.data.data).toEqual({ id: 't1', status: 'idle' })
  })
})
