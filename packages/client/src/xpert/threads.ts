import { toWire } from '../transport/to-wire.js'
import type { CallInit, Transport } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import { PAGE, type SearchQuery } from './queries.js'
import { streamEvents } from './stream.js'
import type { GraphEvent, ThreadStreamMode } from './stream-events.js'
import type {
  Checkpoint,
  Config,
  DefaultValues,
  Metadata,
  Thread,
  ThreadContextUsage,
  ThreadState,
  ThreadStatus,
  UsageRow,
} from './types.js'

export interface NewThread {
  metadata?: Metadata | undefined
  /** One of your own instead of one the server makes. */
  threadId?: string | undefined
  /** When there is such a thread: `raise` fails; otherwise it is what you get. */
  ifExists?: 'raise' | 'do_nothing' | undefined
  graphId?: string | undefined
  assistantId?: string | undefined
  /** States the thread starts from, oldest first. */
  supersteps?: { updates: { values: unknown; command?: unknown; asNode: string }[] }[] | undefined
  /** Minutes. */
  ttl?: number | { ttl: number; strategy?: 'delete' } | undefined
}

export interface ThreadChange extends Pick<NewThread, 'metadata'> {
  /** `null` takes it back. */
  ttl?: NewThread['ttl'] | null | undefined
}

export interface ThreadsOf extends SearchQuery<'thread_id' | 'status' | 'created_at' | 'updated_at'> {
  ids?: string[] | undefined
  status?: ThreadStatus | undefined
  values?: unknown | undefined
}

export interface StateUpdate<Update = unknown> {
  values: Update
  checkpointId?: string | undefined
  checkpoint?: Partial<Checkpoint> | undefined
  asNode?: string | undefined
}

export interface HistoryOf {
  limit?: number | undefined
  /** Only what was before this checkpoint. */
  before?: unknown | undefined
  metadata?: Metadata | undefined
  checkpoint?: Partial<Checkpoint> | undefined
}

const withStrategy = (ttl: ThreadChange['ttl']) => (typeof ttl === 'number' ? { ttl, strategy: 'delete' } : ttl)

export interface ThreadJoinOptions extends CallInit {
  /** Only what came after this event. */
  lastEventId?: string | undefined
  streamMode?: ThreadStreamMode | ThreadStreamMode[] | undefined
}

/** Conversations as the agents see them: a state, and how it came about. */
export const threadsOf = <StateType = DefaultValues, UpdateType = StateType>(
  { get, post, search, patch, delete: remove }: Verbs,
  transport: Transport,
) => ({
  create: ({ graphId, metadata, supersteps, ttl, ...thread }: NewThread = {}, init?: CallInit) =>
    post<Thread<StateType>>(
      '/threads',
      toWire({
        ...thread,
        metadata: { ...metadata, ...(graphId !== undefined && { graph_id: graphId }) },
        supersteps: supersteps?.map(({ updates }) => ({ updates: updates.map(toWire) })),
        ttl: withStrategy(ttl),
      }),
      init,
    ),
  get: <State = StateType>(threadId: string, init?: CallInit) =>
    get<Thread<State>>(at('/threads', threadId), undefined, init),
  search: <State = StateType>(query: ThreadsOf = {}, init?: CallInit) =>
    search<Thread<State>[]>('/threads/search', toWire({ ...PAGE, ...query }), init),
  count: (query: Pick<ThreadsOf, 'metadata' | 'values' | 'status'> = {}, init?: CallInit) =>
    search<number>('/threads/count', toWire(query), init),
  /** What it is given is added to the metadata that is there. */
  update: (threadId: string, { metadata, ttl }: ThreadChange = {}, init?: CallInit) =>
    patch<Thread<StateType>>(at('/threads', threadId), { metadata, ttl: withStrategy(ttl) }, init),
  /** With its runs and its conversation. */
  delete: (threadId: string, init?: CallInit) => remove<void>(at('/threads', threadId), undefined, init),
  /** All of it, or what stands before a message. */
  copy: (threadId: string, until?: { beforeMessageId?: string }, init?: CallInit) =>
    post<Thread<StateType>>(`${at('/threads', threadId)}/copy`, until, init),
  /** As it is now, or was at a checkpoint. */
  getState: <State = StateType>(
    threadId: string,
    checkpoint?: string | Partial<Checkpoint> | null,
    { subgraphs, ...init }: CallInit & { subgraphs?: boolean } = {},
  ) => {
    const state = `${at('/threads', threadId)}/state`
    if (typeof checkpoint === 'object' && checkpoint !== null)
      return search<ThreadState<State>>(`${state}/checkpoint`, { checkpoint, subgraphs }, init)
    return get<ThreadState<State>>(checkpoint == null ? state : at(state, checkpoint), { subgraphs }, init)
  },
  updateState: <Update = UpdateType>(threadId: string, update: StateUpdate<Update>, init?: CallInit) =>
    post<Pick<Config, 'configurable'>>(`${at('/threads', threadId)}/state`, toWire(update), init),
  /** Of a thread, or of the one that a config names. */
  patchState: (threadIdOrConfig: string | Config, metadata: Metadata, init?: CallInit) =>
    patch<void>(`${at('/threads', threadIdOf(threadIdOrConfig))}/state`, { metadata }, init),
  /** Its states, newest first. */
  getHistory: <State = StateType>(threadId: string, query: HistoryOf = {}, init?: CallInit) =>
    search<ThreadState<State>[]>(`${at('/threads', threadId)}/history`, { limit: PAGE.limit, ...query }, init),
  getContextUsage: (threadId: string, query: { agentKey?: string } = {}, init?: CallInit) =>
    get<ThreadContextUsage>(`${at('/threads', threadId)}/context-usage`, query, init),
  /** What its runs have used within hours of UTC, such as `2026-01-31 09`; both ends count. */
  getUsage: (threadId: string, hours: { start?: string; end?: string } = {}, init?: CallInit) =>
    get<UsageRow[]>(`${at('/threads', threadId)}/usage`, hours, init),
  /** Everything that runs on it, run after run, until you leave. */
  joinStream: <State = StateType>(threadId: string, { lastEventId, streamMode, ...init }: ThreadJoinOptions = {}) =>
    streamEvents<GraphEvent<State>>(transport, {
      method: 'GET',
      path: `${at('/threads', threadId)}/stream`,
      query: { stream_mode: streamMode },
      lastEventId,
      ...init,
    }),
})

function threadIdOf(given: string | Config): string {
  const id = typeof given === 'string' ? given : given.configurable?.thread_id
  if (typeof id !== 'string') throw new TypeError('The config names no thread: `configurable.thread_id` is missing.')
  return id
}
