import type { StreamMessage } from '@parley/client'
import type { RunEvent } from '@parley/protocol'
import { reportError, type SessionContext } from './context.js'
import { withoutOverrides } from './plain-text.js'
import type { ChatState } from './state.js'
import { tellMessage, tellTool } from './tell-page.js'

/** An answer being followed. */
export interface ActiveRun {
  readonly controller: AbortController
  /** Known once the server says `run.started`: it is Parley, and the run can be picked up again and cancelled. */
  runId: string | null
  threadId: string | null
  /** Number of the last event seen. */
  sequence: number
  heard: boolean
  ended: boolean
  /** The server was stopped before the answer was complete. */
  interrupted: boolean
  stopping: boolean
  /** What the server's tools were called with, by call: the end of a call may not say it again. */
  readonly toolArguments: Map<string, unknown>
}

type Effects = {
  [T in RunEvent['type']]?: (context: SessionContext, run: ActiveRun, event: Extract<RunEvent, { type: T }>) => void
}

/** Takes one message of the stream: effects first, then the state, except a token, which only joins the live text. */
export function takeMessage(context: SessionContext, run: ActiveRun, { id, event: given }: StreamMessage): void {
  const event = withoutOverrides(given)
  if (id !== undefined) run.sequence = Number(id)
  run.heard = true
  const { store, live } = context
  const { phase } = store.getState().run
  if (phase === 'starting' || phase === 'reconnecting') {
    store.dispatch({ type: 'run.changed', run: { phase: run.stopping ? 'stopping' : 'streaming' } })
  }
  if (
    event.type === 'thread.item.updated' &&
    event.update.type === 'assistant_message.content_part.text_delta' &&
    hasOpenPart(store.getState(), event.item_id, event.update.content_index)
  ) {
    live.append(event.item_id, event.update.content_index, event.update.delta)
    return
  }
  const effect = (Object.hasOwn(EFFECTS, event.type) ? EFFECTS[event.type] : undefined) as
    | ((context: SessionContext, run: ActiveRun, event: RunEvent) => void)
    | undefined // the key chose the event's type
  effect?.(context, run, event)
  store.dispatch({ type: 'event', event })
}

/** Text may only join the live buffer of a part that is drawn; the first text of a part nobody announced makes the part. */
function hasOpenPart(state: ChatState, itemId: string, contentIndex: number): boolean {
  const item = state.items.get(itemId)
  return state.openIds.has(itemId) && item?.type === 'assistant_message' && contentIndex < item.content.length
}

const EFFECTS: Effects = {
  'run.started': (_context, run, { run_id, thread_id }) => {
    run.runId = run_id
    run.threadId = thread_id
  },
  'run.waiting': (_context, run) => {
    run.ended = true
  },
  'run.ended': (_context, run, { status }) => {
    run.ended = true
    run.interrupted = status === 'interrupted'
  },
  'thread.created': (_context, run, { thread }) => {
    run.threadId = thread.id
  },
  'thread.item.added': ({ live }, _run, { item }) => live.drop(item.id),
  'thread.item.done': (context, _run, { item }) => {
    context.live.drop(item.id)
    tellMessage(context, item)
  },
  'tool.started': (_context, run, { call_id, arguments: given }) => {
    run.toolArguments.set(call_id, given)
  },
  'tool.finished': (context, run, { call_id, name, arguments: given, output }) => {
    tellTool(context, name, given ?? run.toolArguments.get(call_id), output)
  },
  'thread.item.replaced': ({ live }, _run, { item }) => live.drop(item.id),
  'thread.item.removed': ({ live }, _run, { item_id }) => live.drop(item_id),
  'thread.item.updated': ({ live }, _run, { item_id, update }) => {
    if (update.type === 'assistant_message.content_part.done') live.drop(item_id, update.content_index)
  },
  client_effect: ({ host }, _run, { name, data }) => host.emit('chatkit.effect', { name, data }),
  error: ({ host }, _run, { code, message }) => reportError(host, new Error(message ?? code)),
}

/** Moves what is still in the live buffers into the state: no more text will come. */
export function settleLiveTexts({ live, store }: SessionContext): void {
  for (const item_id of live.ids()) {
    for (const { contentIndex, text } of live.drain(item_id)) {
      const type = 'assistant_message.content_part.text_delta'
      const update = { type, content_index: contentIndex, delta: text } as const
      store.dispatch({ type: 'event', event: { type: 'thread.item.updated', item_id, update } })
    }
  }
}
