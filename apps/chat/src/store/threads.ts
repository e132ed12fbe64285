import type { ThreadItem } from '@parley/protocol'
import { reportError, type SessionContext } from './context.js'
import { toProblem } from './problems.js'
import { toThreadInfo } from './reduce-event.js'
import type { Runs } from './runs.js'
import { isBusy } from './selectors.js'
import type { ChatState, FoundPlace, Problem } from './state.js'

const PAGE_SIZE = 40
/** Items a conversation opens with: a screenful and more to scroll up to. The rest comes while the reader gets there. */
const FIRST_PAGE_SIZE = 20
/** Items per request on the way back to a message that was found, which nobody watches. */
const FOUND_PAGE_SIZE = 100

/** Opening, paging, renaming and deleting conversations. */
export interface Threads {
  /** With `found` it opens at that message instead of at its end. */
  open(id: string | null, found?: FoundPlace): Promise<void>
  refresh(): Promise<void>
  loadOlder(): Promise<void>
  loadHistory(more: boolean): Promise<void>
  rename(id: string, title: string): Promise<void>
  delete(id: string): Promise<void>
}

export function createThreads(context: SessionContext, runs: Runs): Threads {
  const { store, client, host } = context
  const init = () => ({ headers: context.headers() })
  /** Counts the lists asked for: what an earlier request answers is out of date, and may be another person's. */
  let newestList = 0

  async function fetchThread(thread_id: string, found?: FoundPlace) {
    const thread = await client.threads.getById({ thread_id }, init())
    if (!thread.items.has_more) return { thread, items: thread.items.data, olderAfter: null }
    // The thread comes with its oldest items; a conversation is read from its end.
    const newestFirst: ThreadItem[] = []
    const isThere = () => !found || newestFirst.some(({ id }) => id === found.itemId)
    const limit = found ? FOUND_PAGE_SIZE : FIRST_PAGE_SIZE
    let after: string | null = null
    do {
      const query = { thread_id, limit, order: 'desc', ...(after !== null && { after }) } as const
      const page = await client.items.list(query, init())
      newestFirst.push(...page.data)
      after = (page.has_more && page.after) || null
    } while (after !== null && !isThere() && store.getState().threadId === thread_id)
    return { thread, items: newestFirst.toReversed(), olderAfter: after }
  }

  async function show(id: string, found?: FoundPlace): Promise<void> {
    const { thread, items, olderAfter } = await fetchThread(id, found)
    if (store.getState().threadId !== id) return // the person has moved on
    store.dispatch({ type: 'thread.loaded', thread: toThreadInfo(thread), items, olderAfter, ...(found && { found }) })
    if (thread.run) pickUp(id, thread.run.id, thread.run.status, items)
    else askAgain(items.at(-1)) // a server that keeps no runs: what the thread says is all there is
  }

  /** A tool of the page that was asked for before a reload is asked for again: nobody else will answer it. */
  function askAgain(last: ThreadItem | undefined): void {
    if (last?.type === 'client_tool_call' && last.status === 'pending') void runs.continueWith(last)
  }

  /** A run outlives a reload: goes on showing it, or says what became of it. */
  function pickUp(threadId: string, runId: string, status: string, items: ThreadItem[]): void {
    const last = items.at(-1)
    const unanswered = last?.type === 'user_message'
    if (status === 'running' || status === 'queued') void runs.resume(threadId, runId)
    else if (status === 'waiting') askAgain(last)
    else if (status === 'interrupted') {
      store.dispatch({ type: 'run.ended', problem: { code: 'interrupted', retry: true } })
    } else if (status === 'failed' && unanswered) {
      store.dispatch({ type: 'run.ended', problem: { code: 'stream', retry: true } })
    }
  }

  return {
    async open(id, found) {
      runs.detach()
      if (id === null) return store.dispatch({ type: 'thread.cleared' })
      store.dispatch({ type: 'thread.loading', id })
      try {
        await show(id, found)
      } catch (error) {
        if (store.getState().threadId !== id) return
        store.dispatch({ type: 'thread.load_failed', problem: toLoadProblem(error) })
        reportError(host, error)
      }
    },
    async refresh() {
      const { threadId } = store.getState()
      if (threadId && !isBusy(store.getState())) await show(threadId)
    },
    async loadOlder() {
      const { threadId, olderAfter, loading } = store.getState()
      if (!threadId || !olderAfter || loading !== 'none') return
      store.dispatch({ type: 'older.loading' })
      try {
        const query = { thread_id: threadId, limit: PAGE_SIZE, order: 'desc', after: olderAfter } as const
        const page = await client.items.list(query, init())
        if (store.getState().threadId !== threadId) return
        const after = (page.has_more && page.after) || null
        store.dispatch({ type: 'older.loaded', items: page.data.toReversed(), olderAfter: after })
      } catch (error) {
        store.dispatch({ type: 'older.failed' })
        reportError(host, error)
      }
    },
    async loadHistory(more) {
      const { phase, after } = store.getState().history
      if (more && (phase === 'loading' || !after)) return
      const list = ++newestList
      store.dispatch({ type: 'history.loading' })
      try {
        const query = { limit: PAGE_SIZE, order: 'desc', ...(more && after && { after }) } as const
        const page = await client.threads.list(query, init())
        if (list !== newestList) return
        store.dispatch({
          type: 'history.loaded',
          threads: page.data.map(toThreadInfo),
          after: (page.has_more && page.after) || null,
          append: more,
        })
      } catch (error) {
        if (list !== newestList) return
        store.dispatch({ type: 'history.failed' })
        reportError(host, error)
      }
    },
    async rename(id, title) {
      const before = titleOf(store.getState(), id)
      store.dispatch({ type: 'history.renamed', id, title })
      try {
        await client.threads.update({ thread_id: id, title }, init())
      } catch (error) {
        store.dispatch({ type: 'history.renamed', id, title: before })
        throw error
      }
    },
    async delete(id) {
      await client.threads.delete({ thread_id: id }, init())
      if (store.getState().threadId === id) {
        runs.detach()
        store.dispatch({ type: 'thread.cleared' })
      }
      store.dispatch({ type: 'history.removed', id })
    },
  }
}

const titleOf = (state: ChatState, id: string) => state.history.threads.find((thread) => thread.id === id)?.title ?? ''

/** A chat that cannot be opened: gone, forbidden, or worth another try. */
function toLoadProblem(error: unknown): Problem {
  const problem = toProblem(error)
  const isFinal = problem.code === 'not_found' || problem.code === 'unauthorized'
  return isFinal ? problem : { code: 'load', retry: true }
}
