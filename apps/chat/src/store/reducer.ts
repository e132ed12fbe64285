import type { ThreadItem } from '@parley/protocol'
import type { ChatAction } from './actions.js'
import { changeUpload, turnToDraft } from './drafts.js'
import { withoutOverrides } from './plain-text.js'
import { reduceEvent } from './reduce-event.js'
import { type ChatState, EMPTY_DRAFT, IDLE_RUN } from './state.js'

type Reducers = {
  [T in ChatAction['type']]: (state: ChatState, action: Extract<ChatAction, { type: T }>) => ChatState
}

/** What the person sees after one more thing happened. Pure: no clock, no network, no surprise. */
export function reduce(state: ChatState, action: ChatAction): ChatState {
  const step = REDUCERS[action.type] as (state: ChatState, action: ChatAction) => ChatState // the key chose the action's type
  return step(state, IS_READ.test(action.type) ? withoutOverrides(action) : action)
}

/** What was read from the server. Events are made plain when they arrive, before the text that streams is drawn. */
const IS_READ = /\.loaded$|^search\.changed$|^item\.put$/

const REDUCERS: Reducers = {
  event: (state, { event }) => reduceEvent(state, event),
  'options.set': (state, { options, locale }) => ({ ...state, options, locale }),
  'online.set': (state, { online }) => ({ ...state, online }),
  'view.set': (state, { view }) => ({
    ...state,
    view,
    search: null,
    found: null,
    composer: { ...state.composer, focusRequests: 0 }, // an old wish must not draw the focus when the composer is back
  }),

  'thread.cleared': (state) => ({ ...turnToDraft(state, null), ...NO_THREAD }),
  'thread.loading': (state, { id }) => ({ ...turnToDraft(state, id), ...NO_THREAD, threadId: id, loading: 'thread' }),
  'thread.loaded': (state, { thread, items, olderAfter, found = null }) => ({
    ...state,
    threadId: thread.id,
    thread,
    loading: 'none',
    problem: null,
    ...listed(items),
    olderAfter,
    found,
  }),
  'thread.load_failed': (state, { problem }) => {
    const threadId = problem.retry ? state.threadId : null // what can be tried again stays chosen
    return { ...turnToDraft(state, threadId), threadId, loading: 'none', problem }
  },
  'older.loading': (state) => ({ ...state, loading: 'older' }),
  'older.loaded': (state, { items, olderAfter }) => {
    const fresh = items.filter((item) => !state.items.has(item.id))
    const older = listed(fresh)
    return {
      ...state,
      loading: 'none',
      olderAfter,
      itemIds: [...older.itemIds, ...state.itemIds],
      items: new Map([...older.items, ...state.items]),
    }
  },
  'older.failed': (state) => ({ ...state, loading: 'none' }),

  'item.sent': (state, { item }) => ({
    ...state,
    problem: null,
    notices: [],
    itemIds: [...state.itemIds, item.id],
    items: new Map(state.items).set(item.id, item),
  }),
  'item.put': (state, { item }) =>
    state.items.has(item.id) ? { ...state, items: new Map(state.items).set(item.id, item) } : state,
  'items.removed_after': (state, { itemId }) => {
    const end = state.itemIds.indexOf(itemId) + 1
    if (end === 0) return state
    const items = new Map(state.items)
    for (const id of state.itemIds.slice(end)) items.delete(id)
    return { ...state, items, itemIds: state.itemIds.slice(0, end) }
  },

  'run.changed': (state, { run }) => ({
    ...state,
    run: { ...state.run, ...run },
    problem: run.phase === 'starting' ? null : state.problem,
  }),
  'run.ended': (state, { problem }) => ({
    ...dropEmpty(state),
    run: IDLE_RUN,
    openIds: new Set(),
    problem: problem ?? state.problem,
  }),
  'problem.cleared': (state) => ({ ...state, problem: null }),
  'notice.dismissed': (state, { id }) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) }),
  'feedback.set': (state, { itemIds, kind }) => {
    const feedback = new Map(state.feedback)
    for (const id of itemIds) feedback.set(id, kind)
    return { ...state, feedback }
  },

  'history.loading': (state) => ({ ...state, history: { ...state.history, phase: 'loading' } }),
  'history.loaded': (state, { threads, after, append }) => {
    const known = append ? state.history.threads : []
    const ids = new Set(known.map((thread) => thread.id))
    const fresh = threads.filter((thread) => !ids.has(thread.id))
    return { ...state, history: { phase: 'ready', after, threads: [...known, ...fresh] } }
  },
  'history.failed': (state) => ({ ...state, history: { ...state.history, phase: 'failed' } }),
  'history.renamed': (state, { id, title }) => ({
    ...state,
    thread: state.thread?.id === id ? { ...state.thread, title } : state.thread,
    history: {
      ...state.history,
      threads: state.history.threads.map((thread) => (thread.id === id ? { ...thread, title } : thread)),
    },
    search: state.search && {
      ...state.search,
      matches: state.search.matches.map((match) =>
        match.thread.id === id ? { ...match, thread: { ...match.thread, title }, title_marks: [] } : match,
      ),
    },
  }),
  'history.removed': (state, { id }) => ({
    ...state,
    drafts: new Map([...state.drafts].filter(([key]) => key !== id)),
    history: { ...state.history, threads: state.history.threads.filter((thread) => thread.id !== id) },
    search: state.search && {
      ...state.search,
      matches: state.search.matches.filter(({ thread }) => thread.id !== id),
    },
  }),

  'search.changed': (state, { search }) => ({ ...state, search }),

  'composer.changed': (state, { composer }) => ({ ...state, composer: { ...state.composer, ...composer } }),
  'composer.cleared': (state) => {
    const { toolId } = state.composer
    const tool = state.options.composer?.tools?.find(({ id }) => id === toolId)
    return { ...state, composer: { ...state.composer, ...EMPTY_DRAFT, toolId: tool?.persistent ? toolId : null } }
  },
  'upload.changed': (state, { id, change }) => changeUpload(state, id, change),
}

const NO_THREAD = {
  threadId: null,
  thread: null,
  loading: 'none',
  itemIds: [],
  shownAs: new Map(),
  items: new Map(),
  openIds: new Set<string>(),
  olderAfter: null,
  found: null,
  run: IDLE_RUN,
  problem: null,
  notices: [],
  imageProgress: new Map(),
  feedback: new Map(),
} as const

function listed(items: ThreadItem[]) {
  return { itemIds: items.map((item) => item.id), items: new Map(items.map((item) => [item.id, item])) }
}

/** An answer that was cut off before its first word leaves nothing behind. */
function dropEmpty(state: ChatState): ChatState {
  const isEmpty = (id: string) => {
    const item = state.items.get(id)
    if (item?.type === 'assistant_message') return item.content.every((part) => part.text === '')
    return item?.type === 'generated_image' && !item.image
  }
  const empty = [...state.openIds].filter(isEmpty)
  if (empty.length === 0) return state
  const items = new Map(state.items)
  for (const id of empty) items.delete(id)
  return { ...state, items, itemIds: state.itemIds.filter((id) => items.has(id)) }
}
