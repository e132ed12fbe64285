import { toWire } from '../transport/to-wire.js'
import type { CallInit } from '../transport/transport.js'
import type { Verbs } from '../transport/verbs.js'
import { PAGE } from './queries.js'
import type { StoreItem } from './types.js'

export interface PutOptions extends CallInit {
  /** Which members can be found by meaning; `false`: none. */
  index?: string[] | false
  /** Minutes until it is forgotten. */
  ttl?: number
}

export interface ItemsOf extends CallInit {
  filter?: Record<string, unknown>
  limit?: number
  offset?: number
  /** What they are about. */
  query?: string
  refreshTtl?: boolean
}

export interface NamespacesOf extends CallInit {
  prefix?: string[]
  suffix?: string[]
  maxDepth?: number
  limit?: number
  offset?: number
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
    { refreshTtl, ...init }: CallInit & { refreshTtl?: boolean } = {},
  ): Promise<StoreItem | null> =>
    get('/store/items', { namespace: dotless(namespace).join('.'), key, refresh_ttl: refreshTtl }, init),
  deleteItem: (namespace: string[], key: string, init?: CallInit) =>
    remove<void>('/store/items', { namespace: dotless(namespace), key }, init),
  searchItems: (namespacePrefix: string[], { signal, headers, ...query }: ItemsOf = {}) =>
    search<{ items: StoreItem[] }>('/store/items/search', toWire({ namespacePrefix, ...PAGE, ...query }), {
      signal,
      headers,
    }),
  listNamespaces: ({ signal, headers, ...query }: NamespacesOf = {}) =>
    search<{ namespaces: string[][] }>('/store/namespaces', toWire({ limit: 100, offset: 0, ...query }), {
      signal,
      headers,
    }),
})

function dotless(namespace: string[]): string[] {
  const bad = namespace.find((label) => label.includes('.'))
  if (bad !== undefined) throw new TypeError(`A label of a namespace must not hold a dot: "${bad}".`)
  return namespace
}
