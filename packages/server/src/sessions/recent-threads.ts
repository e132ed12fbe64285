import { type Page, ParleyError, type Thread, type ThreadMatchPage } from '@parley/protocol'
import type { Call, Engine, ListQuery, ThreadSearchQuery } from '../engine/engine.js'
import type { SessionContext } from './session-context.js'

const PAGE = 100
const DEFAULT_LIMIT = 20

/** The caller's threads, as many of the newest as the session lists; none at all when it has no history. */
export async function listRecentThreads<Context extends SessionContext>(
  engine: Engine<Context>,
  call: Call<Context>,
  query: ListQuery,
): Promise<Page<Thread>> {
  const newest = await loadListable(engine, call)
  if (newest === 'all') return engine.listThreads(call, query)
  return pageOf(query.order === 'asc' ? newest.reverse() : newest, query)
}

/** What is found among them: matches come newest first, so the first one that is too old ends the list. */
export async function searchRecentThreads<Context extends SessionContext>(
  engine: Engine<Context>,
  call: Call<Context>,
  query: ThreadSearchQuery,
): Promise<ThreadMatchPage> {
  const newest = await loadListable(engine, call)
  const found = await engine.searchThreads(call, query)
  if (newest === 'all') return found
  const ids = new Set(newest.map(({ id }) => id))
  const tooOld = found.data.findIndex(({ thread }) => !ids.has(thread.id))
  return tooOld < 0 ? found : { data: found.data.slice(0, tooOld), has_more: false }
}

async function loadListable<Context extends SessionContext>(
  engine: Engine<Context>,
  call: Call<Context>,
): Promise<Thread[] | 'all'> {
  const history = call.context.session?.rules.history
  if (!history || (history.enabled && history.recent_threads === null)) return 'all'
  return history.enabled ? loadNewest(engine, call, history.recent_threads ?? 0) : []
}

async function loadNewest<Context>(engine: Engine<Context>, call: Call<Context>, most: number): Promise<Thread[]> {
  const threads: Thread[] = []
  let after: string | undefined
  do {
    const limit = Math.min(PAGE, most - threads.length)
    const page = await engine.listThreads(call, { limit, order: 'desc', after: after ?? null })
    threads.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined && threads.length < most)
  return threads
}

function pageOf(threads: Thread[], { limit, after }: ListQuery): Page<Thread> {
  const start = after ? threads.findIndex(({ id }) => id === after) + 1 : 0
  if (after && start === 0) throw new ParleyError('invalid_cursor', '`after` is not the id of a row of this list.')
  const end = start + Math.min(limit || DEFAULT_LIMIT, PAGE)
  const data = threads.slice(start, end)
  return end < threads.length ? { data, has_more: true, after: data.at(-1)?.id } : { data, has_more: false }
}
