import { ClientError } from '../transport/error.js'
import { toWire } from '../transport/to-wire.js'
import type { CallInit, Transport } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import { type ListQuery, PAGE } from './queries.js'
import { streamEvents } from './stream.js'
import type { RunStreamEvent, StreamMode } from './stream-events.js'
import type { Checkpoint, Metadata, MultitaskStrategy, Run, RunConfig, RunControl, RunStatus, Values } from './types.js'

/** Which run an answer is of. */
export interface RunHead {
  run_id: string
  thread_id?: string
}

/** What a run is started with, whichever way its answer is read. */
export interface RunPayload extends CallInit {
  /**
   * `{ input: 'Hello', files }` is answered in Xpert's words, `{ messages: [...] }` in LangGraph's. `null` with a
   * `command` goes on after an interrupt.
   */
  input?: unknown
  command?: { resume?: unknown; update?: unknown; goto?: unknown }
  config?: RunConfig
  context?: unknown
  metadata?: Metadata
  checkpoint?: Partial<Checkpoint>
  checkpointId?: string
  interruptBefore?: '*' | string[]
  interruptAfter?: '*' | string[]
  /** What happens to a run that is on this thread already; `reject` unless it says otherwise. */
  multitaskStrategy?: MultitaskStrategy
  onCompletion?: 'complete' | 'continue'
  /** When you leave: the run ends, unless it says `continue`. */
  onDisconnect?: 'cancel' | 'continue'
  /** Seconds until it starts. */
  afterSeconds?: number
  ifNotExists?: 'create' | 'reject'
  webhook?: string
  durability?: 'exit' | 'async' | 'sync'
  /** Told the run's id as soon as the server has it. */
  onRunCreated?(run: RunHead): void
}

export interface StreamPayload extends RunPayload {
  streamMode?: StreamMode | StreamMode[]
  streamSubgraphs?: boolean
  /** The stream can be joined later, from its start. */
  streamResumable?: boolean
  feedbackKeys?: string[]
}

export interface WaitPayload extends RunPayload {
  /** `false`: a run that failed is an answer with `__error__` too. */
  raiseError?: boolean
}

export interface JoinOptions extends CallInit {
  cancelOnDisconnect?: boolean
  /** Only what came after this event; `-1`: from the start. */
  lastEventId?: string
  streamMode?: StreamMode | StreamMode[]
}

/** Without a thread a run leaves nothing behind. */
type OnThread = string | null

const runsPath = (threadId: OnThread) => (threadId === null ? '/runs' : `${at('/threads', threadId)}/runs`)

/** What assistants do on threads. Runs are never cut off by `timeoutMs`; a `signal` ends the waiting. */
export const runsOf = ({ get, post, delete: remove }: Verbs, transport: Transport) => {
  const begin = (path: string, assistantId: string, payload: RunPayload) => {
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
    stream: <State = Values>(threadId: OnThread, assistantId: string, payload: StreamPayload = {}) =>
      streamEvents<RunStreamEvent<State>>(transport, begin(`${runsPath(threadId)}/stream`, assistantId, payload)),
    /** What it came to: the thread's last state, or `{ role, content }`. */
    async wait<State = Values>(threadId: OnThread, assistantId: string, payload: WaitPayload = {}): Promise<State> {
      const { raiseError = true, ...run } = payload
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
    join: <State = Values>(threadId: string, runId: string, init?: CallInit) =>
      get<State>(`${at(runsPath(threadId), runId)}/join`, undefined, { timeoutMs: 0, ...init }),
    /** Reads a run that was started before, event by event. */
    joinStream: <State = Values>(threadId: OnThread, runId: string, options: JoinOptions = {}) => {
      const { cancelOnDisconnect = false, lastEventId, streamMode, ...init } = options
      return streamEvents<RunStreamEvent<State>>(transport, {
        method: 'GET',
        path: `${at(runsPath(threadId), runId)}/stream`,
        query: { cancel_on_disconnect: cancelOnDisconnect ? 1 : 0, stream_mode: streamMode },
        lastEventId,
        ...init,
      })
    },
    /** `rollback` also forgets what it did; with `wait` it answers when the run has ended. */
    cancel: (
      threadId: string,
      runId: string,
      wait = false,
      action: 'interrupt' | 'rollback' = 'interrupt',
      init?: CallInit,
    ) =>
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
