import { ClientError } from '../transport/error.js'
import { toWire } from '../transport/to-wire.js'
import type { CallInit, Transport } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import { type ListQuery, PAGE } from './queries.js'
import { streamEvents } from './stream.js'
import type { RunStreamEvent, StreamMode } from './stream-events.js'
import type {
  CancelAction,
  Checkpoint,
  Config,
  DefaultValues,
  Metadata,
  MultitaskStrategy,
  Run,
  RunControl,
  RunStatus,
} from './types.js'

/** Which run an answer is of. */
export interface RunHead {
  run_id: string
  thread_id?: string
}

export interface Send {
  node: string
  input: unknown
}

/** What a thread that waits goes on with. */
export interface Command {
  resume?: unknown | undefined
  update?: Record<string, unknown> | [string, unknown][] | null | undefined
  goto?: Send | Send[] | string | string[] | undefined
}

/** What a run is started with, whichever way its answer is read. */
export interface RunsInvokePayload extends CallInit {
  /**
   * `{ input: 'Hello', files }` is answered in Xpert's words, `{ messages: [...] }` in LangGraph's, unless the key or the
   * app is set to one of them. `null` with a `command` goes on after an interrupt.
   */
  input?: unknown | undefined
  command?: Command | undefined
  config?: Config | undefined
  context?: unknown | undefined
  metadata?: Metadata | undefined
  checkpoint?: Partial<Checkpoint> | undefined
  checkpointId?: string | undefined
  interruptBefore?: '*' | string[] | undefined
  interruptAfter?: '*' | string[] | undefined
  /** What happens to a run that is on this thread already; `reject` unless it says otherwise. */
  multitaskStrategy?: MultitaskStrategy | undefined
  onCompletion?: 'complete' | 'continue' | undefined
  /** When you leave: the run ends, unless it says `continue`. */
  onDisconnect?: 'cancel' | 'continue' | undefined
  /** Seconds until it starts. */
  afterSeconds?: number | undefined
  ifNotExists?: 'create' | 'reject' | undefined
  webhook?: string | undefined
  /** What `durability` was before. */
  checkpointDuring?: boolean | undefined
  durability?: 'exit' | 'async' | 'sync' | undefined
  /** Told the run's id as soon as the server has it. */
  onRunCreated?(run: RunHead): void
}

export interface StreamPayload<Modes extends StreamMode | StreamMode[] = StreamMode | StreamMode[]>
  extends RunsInvokePayload {
  streamMode?: Modes | undefined
  streamSubgraphs?: boolean | undefined
  /** The stream can be joined later, from its start. */
  streamResumable?: boolean | undefined
  feedbackKeys?: string[] | undefined
}

export interface WaitPayload extends StreamPayload {
  /** `false`: a run that failed is an answer with `__error__` too. */
  raiseError?: boolean | undefined
}

export interface JoinOptions extends CallInit {
  cancelOnDisconnect?: boolean | undefined
  /** Only what came after this event; `-1`: from the start. */
  lastEventId?: string | undefined
  streamMode?: StreamMode | StreamMode[] | undefined
}

/** Without a thread a run leaves nothing behind. */
type OnThread = string | null

const runsPath = (threadId: OnThread | undefined) => (threadId == null ? '/runs' : `${at('/threads', threadId)}/runs`)

/** What assistants do on threads. Runs are never cut off by `timeoutMs`; a `signal` ends the waiting. */
export const runsOf = <StateType = DefaultValues, UpdateType = StateType, CustomType = unknown>(
  { get, post, delete: remove }: Verbs,
  transport: Transport,
) => {
  const begin = (path: string, assistantId: string, payload: RunsInvokePayload) => {
    const { signal, headers, onRunCreated, ...body } = payload
    return {
      method: 'POST',
      path,
      signal,
      headers,
      body: toWire({ ...body, assistantId }),
      onHeaders: (headers: Headers) => announce(headers, onRunCreated),
    } as const
  }

  return {
    /** In the background. */
    create: (threadId: OnThread, assistantId: string, payload: StreamPayload = {}) =>
      transport.json<Run>(begin(runsPath(threadId), assistantId, payload)),
    /** Several, in the background, each without a thread. */
    createBatch: (payloads: (StreamPayload & { assistantId: string })[], init?: CallInit) =>
      post<Run[]>('/runs/batch', payloads.map(toWire), init),
    /** Event by event; a line that breaks is picked up where it broke. Leaving the loop ends the connection. */
    stream: <Modes extends StreamMode | StreamMode[] = StreamMode>(
      threadId: OnThread,
      assistantId: string,
      payload: StreamPayload<Modes> = {},
    ) =>
      streamEvents<RunStreamEvent<StateType, UpdateType, CustomType, Modes>>(
        transport,
        begin(`${runsPath(threadId)}/stream`, assistantId, payload),
      ),
    /** What it came to: the thread's last state, or `{ role, content }`. */
    async wait<State = StateType>(threadId: OnThread, assistantId: string, payload: WaitPayload = {}): Promise<State> {
      const { raiseError = true, streamMode, streamSubgraphs, streamResumable, feedbackKeys, ...run } = payload
      const call = begin(`${runsPath(threadId)}/wait`, assistantId, run)
      const values = await transport.json<State & Failed>({ ...call, timeoutMs: 0 })
      if (raiseError && values?.__error__) throw runFailed(values.__error__)
      return values
    },
    /** Newest first. */
    list: (threadId: string, query: ListQuery & { status?: RunStatus } = {}, init?: CallInit) =>
      get<Run[]>(runsPath(threadId), toWire({ ...PAGE, ...query }), init),
    get: (threadId: string, runId: string, init?: CallInit) => get<Run>(at(runsPath(threadId), runId), undefined, init),
    /** Waits for a run that was started before. */
    join: <State = StateType>(threadId: string, runId: string, init?: CallInit) =>
      get<State>(`${at(runsPath(threadId), runId)}/join`, undefined, { timeoutMs: 0, ...init }),
    /** Reads a run that was started before, event by event. */
    joinStream: (threadId: OnThread | undefined, runId: string, options: JoinOptions | AbortSignal = {}) => {
      const given = options instanceof AbortSignal ? { signal: options } : options
      const { cancelOnDisconnect = false, lastEventId, streamMode, ...init }: JoinOptions = given
      return streamEvents<RunStreamEvent<StateType, UpdateType, CustomType>>(transport, {
        method: 'GET',
        path: `${at(runsPath(threadId), runId)}/stream`,
        query: { cancel_on_disconnect: cancelOnDisconnect ? 1 : 0, stream_mode: streamMode },
        lastEventId,
        ...init,
      })
    },
    /** `rollback` also forgets what it did; with `wait` it answers when the run has ended. */
    cancel: (threadId: string, runId: string, wait = false, action: CancelAction = 'interrupt', init?: CallInit) =>
      post<void>(`${at(runsPath(threadId), runId)}/cancel`, undefined, {
        query: { wait: wait ? 1 : 0, action },
        ...init,
      }),
    /** Holds an answer; what is written stays. Its `pauseId` lets it go on. */
    pause: (threadId: string, runId: string, init?: CallInit) =>
      post<RunControl>(`${at(runsPath(threadId), runId)}/pause`, undefined, init),
    /** Lets an answer go on; join the run to read it. */
    resume: (threadId: string, runId: string, pauseId: string, init?: CallInit) =>
      post<RunControl>(`${at(runsPath(threadId), runId)}/resume`, { pauseId }, init),
    delete: (threadId: string, runId: string, init?: CallInit) =>
      remove<void>(at(runsPath(threadId), runId), undefined, init),
  }
}

interface Failed {
  __error__?: { error: string; message: string }
}

const runFailed = ({ error, message }: { error: string; message: string }) =>
  new ClientError({ status: 200, code: error, message })

/** The run's address, whatever stands before it. Source: LangGraph protocol, `Content-Location`. */
function announce(headers: Headers, onRunCreated?: (run: RunHead) => void): void {
  const [, thread_id, run_id] = headers.get('content-location')?.match(/(?:\/threads\/([^/]+))?\/runs\/([^/?]+)/) ?? []
  if (run_id !== undefined) onRunCreated?.(thread_id === undefined ? { run_id } : { run_id, thread_id })
}
