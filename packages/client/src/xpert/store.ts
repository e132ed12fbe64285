import { toWire } from '../transport/to-wire.js'
import type { CallInit } from '../transport/transport.js'
import type { Verbs } from '../transport/verbs.js'
import { PAGE } from './queries.js'
import type { Item, ListNamespaceResponse, SearchItemsResponse } from './types.js'

export interface PutOptions extends CallInit {
  /** Which members can be found by meaning; `false`: none. */
  index?: string[] | false | null | undefined
  /** Minutes until it is forgotten. */
  ttl?: number | null | undefined
}

export interface ItemsOf extends CallInit {
  filter?: Record<string, unknown> | undefined
  limit?: number | undefined
  offset?: number | undefined
  /** What they are about. */
  query?: string | undefined
  refreshTtl?: boolean | null | undefined
}

export interface NamespacesOf extends CallInit {
  prefix?: string[] | undefined
  suffix?: string[] | undefined
  maxDepth?: number | undefined
  limit?: number | undefined
  offset?: number | undefined
}

/** What agents keep beyond one thread: values by namespace and key. Labels of a namespace hold no dot. */
export const storeOf = ({ get, put, search, delete: remove }: Verbs) => ({
  putItem: (
    namespace: string[],
    key: string,
    value: Record<string, unknown>,
    { signal, headers, ...how }: PutOptions = {},
  ) => put<void>('/store/items', { namespace: dotless(namespace), key, value, ...how }, { signal, headers }),
  /** `null`: there is none. */
  getItem: (
    namespace: string[],
    key: string,
    { refreshTtl, ...init }: CallInit & { refreshTtl?: boolean | null | undefined } = {},
  ): Promise<Item | null> => {
    const query = { namespace: dotless(namespace).join('.'), key, refresh_ttl: refreshTtl ?? undefined }
    return get<Item | null>('/store/items', query, init).then((item) => item && withTimes(item))
  },
  deleteItem: (namespace: string[], key: string, init?: CallInit) =>
    remove<void>('/store/items', { namespace: dotless(namespace), key }, init),
  searchItems: async (
    namespacePrefix: string[],
    { signal, headers, ...query }: ItemsOf = {},
  ): Promise<SearchItemsResponse> => {
    const body = toWire({ namespacePrefix, ...PAGE, ...query })
    const { items } = await search<SearchItemsResponse>('/store/items/search', body, { signal, headers })
    return { items: items.map(withTimes) }
  },
  listNamespaces: ({ signal, headers, ...query }: NamespacesOf = {}) =>
    search<ListNamespaceResponse>('/store/namespaces', toWire({ limit: 100, offset: 0, ...query }), {
      signal,
      headers,
    }),
})

/** The wire has its times once, in its own spelling. */
const withTimes = <Kept extends Item>(item: Kept): Kept => ({
  ...item,
  createdAt: item.created_at,
  updatedAt: item.updated_at,
})

function dotless(namespace: string[]): string[] {
  const bad = namespace.find((label) => label.includes('.'))
  if (bad !== undefined) throw new TypeError(`A label of a namespace must not hold a dot: "${bad}".`)
  return namespace
}
