import { matchType, type RunEvent, type ThreadItem } from '@parley/protocol'
import type { NotedThread } from '../../../engine/engine.js'
import { encodeValues, FAILURE, NODE } from '../threads/encode.js'
import { encodeInterrupt } from '../threads/encode-interrupt.js'
import { encodeAnswer, encodeMessages } from '../threads/encode-message.js'
import type { Interrupt, Message, ThreadValues } from '../threads/schema.js'
import type { StreamMode } from './schema.js'

/** One event of a stream; those of Xpert's chat have no name. */
export interface Frame {
  event?: string
  data: unknown
}

export interface StreamHead {
  modes: ReadonlySet<StreamMode>
  runId: string
  thread: NotedThread
  appId: string
  /** What stands in the thread before the first event. */
  items: readonly ThreadItem[]
  /** Where feedback is taken, by key; absent: nobody asked for it. */
  feedback?: Record<string, string> | undefined
}

/** Turns the events of one run, in order, into the frames of its reader. */
export type EventEncoder = (event: RunEvent) => Frame[]

/** Source: the Xpert contract, section 5.4, dialect L. */
export function createEventEncoder({ modes, runId, thread, appId, items: before, feedback }: StreamHead): EventEncoder {
  const items = new Map(before.map((item) => [item.id, item]))
  /** The text of answers that are being written, part by part. */
  const growing = new Map<string, string[]>()
  let interrupts: Interrupt[] = []
  let isWaiting = false
  let shown: string | undefined
  let step = 0
  const tags = {
    tags: [],
    langgraph_node: NODE,
    langgraph_checkpoint_ns: '',
    run_id: runId,
    thread_id: thread.id,
    graph_id: appId,
    assistant_id: appId,
  }

  const when = (mode: StreamMode, frames: () => Frame[]): Frame[] => (modes.has(mode) ? frames() : [])
  const custom = (data: unknown) => when('custom', () => [{ event: 'custom', data }])
  const traced = (event: string, name: string, data: unknown) =>
    when('events', () => [
      { event: 'events', data: { event, name, run_id: runId, tags: [], metadata: tags, parent_ids: [], data } },
    ])
  const debug = (type: string, payload: unknown) =>
    when('debug', () => [{ event: 'debug', data: { type, step, timestamp: new Date().toISOString(), payload } }])

  const values = (): ThreadValues => ({
    ...encodeValues(thread, [...items.values()]),
    ...(isWaiting && { __interrupt__: interrupts }),
  })

  /** The state, if it is not what the reader was shown last. */
  function state(): Frame[] {
    if (!modes.has('values') && !modes.has('checkpoints') && !modes.has('debug')) return []
    const now = values()
    const text = JSON.stringify(now)
    if (text === shown) return []
    shown = text
    step += 1
    const checkpoint = {
      values: now,
      next: isWaiting ? [NODE] : [],
      config: {
        configurable: { thread_id: thread.id, checkpoint_ns: '', checkpoint_id: [...items.keys()].at(-1) ?? '' },
      },
      metadata: { source: 'loop', step, run_id: runId },
      tasks: [],
    }
    return [
      ...when('values', () => [{ event: 'values', data: now }]),
      ...when('checkpoints', () => [{ event: 'checkpoints', data: checkpoint }]),
      ...debug('checkpoint', checkpoint),
    ]
  }

  const chunk = (id: string, content: string, calls: Message['tool_calls'] = []) => {
    const message = {
      ...encodeAnswer(id, content, calls),
      type: 'AIMessageChunk',
      tool_call_chunks: calls.map(({ args, ...call }, index) => ({ ...call, args: JSON.stringify(args), index })),
      invalid_tool_calls: [],
    }
    return [
      ...when('messages-tuple', () => [{ event: 'messages', data: [message, tags] }]),
      ...traced('on_chat_model_stream', NODE, { chunk: message }),
    ]
  }

  /** Text that goes on; a new part of the same answer stands apart from the one before. */
  function grow(id: string, index: number, delta: string): Frame[] {
    const parts = growing.get(id)
    const isFirst = !parts
    const all = parts ?? []
    const text = index > 0 && all[index] === undefined ? `\n\n${delta}` : delta
    all[index] = (all[index] ?? '') + delta
    growing.set(id, all)
    return [
      ...chunk(id, text),
      ...when('messages', () => [
        ...(isFirst ? [{ event: 'messages/metadata', data: { [id]: { metadata: tags } } }] : []),
        { event: 'messages/partial', data: [encodeAnswer(id, all.join('\n\n'))] },
      ]),
    ]
  }

  /** An item that is complete, perhaps for the second time. */
  function complete(item: ThreadItem): Frame[] {
    const messages = encodeMessages(item)
    const wasStreamed = growing.delete(item.id)
    items.set(item.id, item)
    if (item.type === 'user_message') return state()
    const ofModel = messages.filter(({ type }) => type === 'ai')
    const unseen = ofModel.filter(() => !wasStreamed)
    return [
      ...unseen.flatMap(({ id, content, tool_calls }) =>
        chunk(id, typeof content === 'string' ? content : '', tool_calls),
      ),
      ...(messages.length > 0
        ? [
            ...when('messages', () => [{ event: 'messages/complete', data: messages }]),
            ...when('updates', () => [{ event: 'updates', data: { [NODE]: { messages } } }]),
          ]
        : custom({ type: 'thread.item.done', item })),
      ...state(),
    ]
  }

  const task = { id: runId, name: NODE }

  return (event) =>
    matchType<RunEvent, Frame[]>(event, {
      'run.started': ({ attempt }) => {
        interrupts = []
        isWaiting = false
        return [
          { event: 'metadata', data: { run_id: runId, thread_id: thread.id, attempt } },
          ...traced('on_chain_start', appId, { input: {} }),
          ...when('tasks', () => [
            { event: 'tasks', data: { ...task, input: {}, triggers: ['start'], interrupts: [] } },
          ]),
          ...debug('task', { ...task, input: {}, triggers: ['start'] }),
        ]
      },
      'thread.item.added': ({ item }) => {
        if (item.type !== 'assistant_message') return custom({ type: 'thread.item.added', item })
        return item.content.flatMap(({ text }, index) => (text ? grow(item.id, index, text) : []))
      },
      'thread.item.updated': ({ item_id, update }) => {
        if (update.type === 'assistant_message.content_part.text_delta')
          return grow(item_id, update.content_index, update.delta)
        if (update.type === 'assistant_message.content_part.added')
          return update.content.text ? grow(item_id, update.content_index, update.content.text) : []
        return update.type.startsWith('assistant_message.')
          ? []
          : custom({ type: 'thread.item.updated', item_id, update })
      },
      'thread.item.done': ({ item }) => complete(item),
      'thread.item.replaced': ({ item }) => complete(item),
      'thread.item.removed': ({ item_id }) => {
        items.delete(item_id)
        growing.delete(item_id)
        return state()
      },
      'run.waiting': ({ item_id }) => {
        const asking = item_id === undefined ? undefined : items.get(item_id)
        interrupts = asking ? [encodeInterrupt(asking) ?? []].flat() : []
        isWaiting = true
        return [...when('updates', () => [{ event: 'updates', data: { __interrupt__: interrupts } }]), ...state()]
      },
      'run.ended': ({ status }) => [
        ...state(),
        ...when('tasks', () => [{ event: 'tasks', data: { ...task, result: values(), error: null, interrupts } }]),
        ...debug('task_result', { ...task, result: [], interrupts }),
        ...traced('on_chain_end', appId, { output: values(), status }),
        ...(feedback ? [{ event: 'feedback', data: feedback }] : []), // behind everything, as LangGraph's server has it
      ],
      error: ({ code, message }) => [{ event: 'error', data: { error: code, message: message ?? FAILURE } }],
      'tool.started': (tool) => [
        ...custom(tool),
        ...traced('on_tool_start', tool.name, { input: tool.arguments, call_id: tool.call_id }),
      ],
      'tool.finished': ({ passages: _, ...tool }) => [
        ...custom(tool),
        ...traced('on_tool_end', tool.name, { input: tool.arguments, output: tool.output, call_id: tool.call_id }),
      ],
      'tool.arguments_delta': custom,
      'reasoning.delta': custom,
      'node.started': custom,
      'node.round_started': custom,
      'node.round_finished': custom,
      'node.retried': custom,
      'node.finished': custom,
      'run.usage': custom,
      'run.annotated': ({ author: _, ...event }) => custom(event),
      progress_update: custom,
      client_effect: custom,
      notice: custom,
      'thread.created': () => [],
      'thread.updated': () => [],
      stream_options: () => [],
    })
}
