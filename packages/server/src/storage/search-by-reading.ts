import type { Page } from '@parley/protocol'
import { holdsAll, searchTextOf, titleTextOf } from './search-text.js'
import type { FoundThread, PageQuery, Store, ThreadSearch } from './store.js'

const PAGE = 100

/** Searches a store that cannot search by itself: reads the caller's threads, newest first, until the page is full. */
export async function searchByReading<Context>(
  store: Store<Context>,
  { words, limit, after }: ThreadSearch,
  context: Context,
): Promise<Page<FoundThread>> {
  const found: FoundThread[] = []
  for await (const thread of rows((page) => store.loadThreads(page, context), after)) {
    let match: FoundThread | null = holdsAll(titleTextOf(thread), words) ? { thread } : null
    for await (const item of rows((page) => store.loadThreadItems(thread.id, page, context))) {
      if (!holdsAll(searchTextOf(item), words)) continue
      match = { thread, item }
      break
    }
    if (match) found.push(match)
    if (found.length > limit) break
  }
  return toFoundPage(found, limit)
}

/** One row too many was read where there are more. */
export function toFoundPage(found: FoundThread[], limit: number): Page<FoundThread> {
  const data = found.slice(0, limit)
  return found.length > limit ? { data, has_more: true, after: data.at(-1)?.thread.id } : { data, has_more: false }
}

async function* rows<Row>(load: (page: PageQuery) => Promise<Page<Row>>, from?: string): AsyncGenerator<Row> {
  let after = from
  do {
    const page = await load({ limit: PAGE, order: 'desc', ...(after !== undefined && { after }) })
    yield* page.data
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
}
