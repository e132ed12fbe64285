import { ClientError } from '@parley/client'
import type { ThreadMatch } from '@parley/protocol'
import { reportError, type SessionContext } from './context.js'
import type { ChatSession } from './session-contract.js'
import type { SearchState, ThreadInfo } from './state.js'

const PAGE_SIZE = 40
/** Nobody is done with a word faster; a request per letter would ask for nothing. */
const PAUSE_MS = 180

/** Finding earlier chats: by the server that has all their words, or among the titles loaded where it cannot. */
export function createSearch(context: SessionContext): Pick<ChatSession, 'searchThreads' | 'loadMoreMatches'> {
  const { store, client, environment, host } = context
  let asking = new AbortController()
  /** A server of somebody else has never heard of the request; it is asked once. */
  let canSearch = true

  async function ask(query: string, before?: SearchState): Promise<void> {
    const { signal } = asking
    const after = before?.after ?? undefined
    try {
      const page = await client.threads.search(
        { query, limit: PAGE_SIZE, ...(after !== undefined && { after }) },
        { headers: context.headers(), signal },
      )
      put({
        query,
        phase: 'ready',
        matches: [...(before?.matches ?? []), ...page.data],
        after: (page.has_more && page.after) || null,
        titlesOnly: false,
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ClientError && UNKNOWN.has(error.status)) {
        canSearch = false
        return put(amongTitles(query, store.getState().history.threads))
      }
      put({ ...EMPTY, query, phase: 'failed' })
      reportError(host, error)
    }
  }

  const put = (search: SearchState | null) => store.dispatch({ type: 'search.changed', search })

  return {
    async searchThreads(query) {
      asking.abort()
      asking = new AbortController()
      const { signal } = asking
      if (query.trim() === '') return put(null)
      if (!canSearch) return put(amongTitles(query, store.getState().history.threads))
      put({ ...EMPTY, ...store.getState().search, query, phase: 'loading' })
      await environment.wait(PAUSE_MS, signal)
      if (!signal.aborted) await ask(query)
    },
    async loadMoreMatches() {
      const { search } = store.getState()
      if (search?.after && search.phase === 'ready') await ask(search.query, search)
    },
  }
}

const EMPTY: SearchState = { query: '', phase: 'loading', matches: [], after: null, titlesOnly: false }

/** How servers answer a request type they do not know; the reference ends in a 500. */
const UNKNOWN: ReadonlySet<number> = new Set([400, 404, 405, 422, 500, 501])

function amongTitles(query: string, threads: readonly ThreadInfo[]): SearchState {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = threads.flatMap(({ id, title = '', status, created_at }): ThreadMatch[] => {
    const lower = title.toLowerCase()
    if (!words.every((word) => lower.includes(word))) return []
    const thread = { id, title, status, created_at, metadata: {}, items: { data: [], has_more: false } }
    return [{ thread, title_marks: marksOf(lower, words) }]
  })
  return { query, phase: 'ready', matches, after: null, titlesOnly: true }
}

/** The first place of each word, those that touch as one. */
function marksOf(text: string, words: readonly string[]): [number, number][] {
  const marks = words.map((word): [number, number] => [text.indexOf(word), text.indexOf(word) + word.length])
  return marks.sort(([a], [b]) => a - b).filter(([from], at) => at === 0 || from >= (marks[at - 1]?.[1] ?? 0))
}
