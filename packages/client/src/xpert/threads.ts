import { toWire } from '../transport/to-wire.js'
import type { CallInit, Transport } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import { PAGE, type SearchQuery } from './queries.js'
import { streamEvents } from './stream.js'
import type { GraphEvent } from './stream-events.js'
import type { Checkpoint, ContextUsage, Metadata, Thread, ThreadState, UsageRow, Values } from './types.js'

export interface NewThread {
  metadata?: Metadata
  /** One of your own instead of one the server makes. */
  threadId?: string
  /** When there is such a thread: `raise` fails; otherwise it is what you get. */
  ifExists?: 'raise' | 'do_nothing'
  graphId?: string
  assistantId?: string
  /** States the thread starts from, oldest first. */
  supersteps?: { updates: { values: unknown; command?: unknown; asNode: string }[] }[]
  /** Minutes. */
  ttl?: number | { ttl: number; strategy?: 'delete' }
}

export interface ThreadsOf extends SearchQuery<'thread_id' | 'status' | 'created_at' | 'updated_at'> {
  ids?: string[]
  status?: Thread['status']
  values?: Values
}

export interface StateUpdate {
  values: unknown
  checkpointId?: string
  checkpoint?: Partial<Checkpoint>
  asNode?: string
}

export interface HistoryOf {
  limit?: number
  /** Only what was before this checkpoint. */
  before?: unknown
  metadata?: Metadata
  checkpoint?: Partial<Checkpoint>
}

/** Conversations as the agents see them: a state, and how it came about. */
export const threadsOf = ({ get, post, search, patch, delete: remove }: Verbs, transport: Transport) => ({
  create: ({ graphId, metadata, supersteps, ttl, ...thread }: NewThread = {}, init?: CallInit) =>
    post<Thread>(
      '/threads',
      toWire({
        ...thread,
        metadata: { ...metadata, ...(graphId !== undefined && { graph_id: graphId }) },
        supersteps: supersteps?.map(({ updates }) => ({ updates: updates.map(toWire) })),
        ttl: typeof ttl === 'number' ? { ttl, strategy: 'delete' } : ttl,
      }),
      init,
    ),
  get: <State = Values>(threadId: string, init?: CallInit) =>
    get<Thread<State>>(at('/threads', threadId), undefined, init),
  search: <State = Values>(query: ThreadsOf = {}, init?: CallInit) =>
    search<Thread<State>[]>('/threads/search', toWire({ ...PAGE, ...query }), init),
  count: (query: Pick<ThreadsOf, 'metadata' | 'values' | 'status'> = {}, init?: CallInit) =>
    search<number>('/threads/count', toWire(query), init),
  /** What it is given is added to the metadata that is there. */
  update: (threadId: string, change: { metadata?: Metadata; ttl?: NewThread['ttl'] }, init?: CallInit) =>
    patch<Thread>(at('/threads', threadId), change, init),
  /** With its runs and its conversation. */
  delete: (threadId: string, init?: CallInit) => remove<void>(at('/threads', threadId), undefined, init),
  /** All of it, or what stands before a message. */
  copy: (threadId: string, until?: { beforeMessageId?: string }, init?: CallInit) =>
    post<Thread>(`${at('/threads', threadId)}/copy`, until, init),
  /** As it is now, or was at a checkpoint. */
  getState: <State = Values>(
    threadId: string,
    checkpoint?: string | Partial<Checkpoint>,
    { subgraphs, ...init }: CallInit & { subgraphs?: boolean } = {},
  ) => {
    const state = `${at('/threads', threadId)}/state`
    if (typeof checkpoint === 'object')
      return search<ThreadState<State>>(`${state}/checkpoint`, { checkpoint, subgraphs }, init)
    return get<ThreadState<State>>(checkpoint === undefined ? state : at(state, checkpoint), { subgraphs }, init)
  },
  updateState: (threadId: string, update: StateUpdate, init?: CallInit) =>
    post<{ configurable: Partial<Checkpoint> }>(`${at('/threads', threadId)}/state`, toWire(update), init),
  patchState: (threadId: string, metadata: Metadata, init?: CallInit) =>
    patch<void>(`${at('/threads', threadId)}/state`, { metadata }, init),
  /** Its states, newest first. */
  getHistory: <State = Values>(threadId: string, query: HistoryOf = {}, init?: CallInit) =>
    search<ThreadState<State>[]>(`${at('/threads', threadId)}/history`, { limit: PAGE.limit, ...query }, init),
  getContextUsage: (threadId: string, query: { agentKey?: string } = {}, init?: CallInit) =>
    get<ContextUsage>(`${at('/threads', threadId)}/context-usage`, query, init),
  /** What its runs have used within hours of UTC, such as `2026-01-31 09`; both ends count. */
  getUsage: (threadId: string, hours: { start?: string; end?: string } = {}, init?: CallInit) =>
    get<UsageRow[]>(`${at('/threads', threadId)}/usage`, hours, init),
  /** Everything that runs on it, run after run, until you leave. */
  joinStream: <State = Values>(
    threadId: string,
    { lastEventId, streamMode, ...init }: CallInit & { lastEventId?: string; streamMode?: string | string[] } = {},
  ) =>
    streamEvents<GraphEvent<State>>(transport, {
      method: 'GET',
      path: `${at('/threads', threadId)}/stream`,
      query: { stream_mode: streamMode },
      lastEventId,
      ...init,
    }),
})
