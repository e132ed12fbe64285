import type { Page } from '@parley/protocol'
import type { Order, PageQuery, Store } from '../storage/store.js'

/** An empty store for one test. */
export interface OpenedStore<Context, Opened extends Store<Context> = Store<Context>> {
  store: Opened
  /** The context of a request of this user; the same name is the same user. */
  contextFor(user: string): Context
  close(): Promise<void>
}

/** One test of a suite: gets a store of its own and two users who must never meet. */
export type StoreTest<Context, Opened extends Store<Context> = Store<Context>> = (
  store: Opened,
  ada: Context,
  ben: Context,
) => Promise<void>

/** Opens a store, runs the test, and closes the store however the test ends. */
export async function withStore<Context, Opened extends Store<Context>>(
  open: () => Promise<OpenedStore<Context, Opened>>,
  test: StoreTest<Context, Opened>,
): Promise<void> {
  const { store, contextFor, close } = await open()
  try {
    await test(store, contextFor('ada'), contextFor('ben'))
  } finally {
    await close()
  }
}

/** The ids of a page's rows, in order. */
export function idsOf(page: Page<{ id: string }>): string[] {
  return page.data.map(({ id }) => id)
}

/** Reads a list to its end, page by page. */
export async function walk(
  order: Order,
  limit: number,
  load: (page: PageQuery) => Promise<Page<{ id: string }>>,
): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await load({ order, limit, after })
    ids.push(...idsOf(page))
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return ids
}
