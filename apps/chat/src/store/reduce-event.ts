import type { RunEvent, Thread, ThreadItem, ThreadStreamEvent } from '@parley/protocol'
import { reduceUpdate } from './reduce-update.js'
import type { ChatState, ThreadInfo } from './state.js'

type EventReducers = {
  [T in ThreadStreamEvent['type']]: (state: ChatState, event: Extract<ThreadStreamEvent, { type: T }>) => ChatState
}

/** One stream event applied to the state. Unknown kinds, also those of later protocol versions, change nothing. */
export function reduceEvent(state: ChatState, event: RunEvent): ChatState {
  const step = EVENT_REDUCERS[event.type as ThreadStreamEvent['type']] as
    | ((state: ChatState, event: RunEvent) => ChatState) // the key chose the event's type
    | undefined
  return Object.hasOwn(EVENT_REDUCERS, event.type) && step ? step(state, event) : state
}

const EVENT_REDUCERS: EventReducers = {
  'thread.created': (state, { thread }) => {
    const info = toThreadInfo(thread)
    const others = state.history.threads.filter(({ id }) => id !== info.id)
    return { ...state, threadId: info.id, thread: info, history: { ...state.history, threads: [info, ...others] } }
  },
  'thread.updated': (state, { thread }) => {
    const info = toThreadInfo(thread) // its items are always an empty page: never clear what is on screen
    const threads = state.history.threads.map((known) => (known.id === info.id ? info : known))
    return {
      ...state,
      thread: state.thread?.id === info.id ? info : state.thread,
      history: { ...state.history, threads },
    }
  },
  'thread.item.added': (state, { item }) => ({
    ...put(state, item),
    openIds: new Set(state.openIds).add(item.id),
    run: endsProgress(item) ? { ...state.run, progress: null } : state.run,
  }),
  'thread.item.updated': (state, { item_id, update }) => reduceUpdate(state, item_id, update),
  'thread.item.done': (state, { item }) => {
    const settled = close(item.type === 'user_message' ? takeSent(state, item.id) : state, item.id)
    return {
      ...put(settled, item),
      run: endsProgress(item) ? { ...state.run, progress: null } : state.run,
    }
  },
  'thread.item.removed': (state, { item_id }) => {
    const items = new Map(state.items)
    items.delete(item_id)
    return { ...close(state, item_id), items, itemIds: state.itemIds.filter((id) => id !== item_id) }
  },
  'thread.item.replaced': (state, { item }) => {
    const next = put(close(state, item.id), item)
    return { ...next, itemIds: [...next.itemIds] } // a new list: its kind may have changed, and with it the turns
  },
  stream_options: (state, { stream_options }) => ({
    ...state,
    run: { ...state.run, allowCancel: stream_options.allow_cancel },
  }),
  progress_update: (state, { text, icon }) => ({ ...state, run: { ...state.run, progress: { text, icon } } }),
  client_effect: (state) => state,
  error: (state, { code, message, allow_retry }) => ({
    ...state,
    problem:
      code === 'custom' && message
        ? { code: 'custom', text: message, retry: allow_retry }
        : { code: 'stream', retry: allow_retry },
  }),
  notice: (state, { level, message, title }) => ({
    ...state,
    notices: [...state.notices, { id: (state.notices.at(-1)?.id ?? 0) + 1, level, message, title }],
  }),
}

export function toThreadInfo({ id, title, status, created_at, allowed_image_domains }: Thread): ThreadInfo {
  return { id, title, status, created_at, allowed_image_domains }
}

/** Items shown at once, before the server has them, carry this prefix until its own copy arrives. */
export const SENT_ID_PREFIX = 'sent_'

function put(state: ChatState, item: ThreadItem): ChatState {
  const itemIds = state.items.has(item.id) ? state.itemIds : [...state.itemIds, item.id]
  return { ...state, itemIds, items: new Map(state.items).set(item.id, item) }
}

function close(state: ChatState, id: string): ChatState {
  if (!state.openIds.has(id)) return state
  const openIds = new Set(state.openIds)
  openIds.delete(id)
  return { ...state, openIds }
}

/** The server's copy takes the place of what was shown until then. */
function takeSent(state: ChatState, id: string): ChatState {
  const sent = state.itemIds.filter((id) => id.startsWith(SENT_ID_PREFIX))
  if (sent.length === 0) return state
  const items = new Map(state.items)
  for (const sentId of sent) items.delete(sentId)
  const itemIds = state.itemIds.filter((itemId) => !itemId.startsWith(SENT_ID_PREFIX))
  return { ...state, items, itemIds, shownAs: new Map(state.shownAs).set(id, sent.at(-1) ?? id) }
}

/** The progress line gives way to the next thing worth reading. */
function endsProgress(item: ThreadItem): boolean {
  return item.type === 'assistant_message' || item.type === 'widget'
}
