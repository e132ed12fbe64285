import type {
  Action,
  Attachment,
  FeedbackKind,
  ImageBytes,
  Page,
  RunEvent,
  RunInfo,
  StructuredInputSubmission,
  Thread,
  ThreadItem,
  ThreadMatchPage,
  UserMessageInput,
} from '@parley/protocol'
import type { Trace } from '../base/trace.js'
import type { Runnable } from '../runnable/runnable.js'

/** Who calls which app. Every call of the engine starts with one. */
export interface Call<Context> {
  app: Runnable<Context>
  context: Context
  /** `false`: the app leaves new threads without a name. */
  titling?: boolean
  /** What the app is called in traces. */
  appId?: string
  /** The request behind the call. */
  trace?: Trace
}

/** How a second start on a thread with an active run is met. */
export type ConcurrencyPolicy = 'reject' | 'enqueue' | 'interrupt' | 'rollback'

/** What a call that starts a run may add. */
export interface StartOptions {
  /** The caller's idempotency key: the same key again reads the run it started the first time. */
  requestId?: string
  /** Default `interrupt`: the active answer is stopped and kept, then the new one starts; `enqueue` for answers to a tool call or form. */
  whenBusy?: ConcurrencyPolicy
}

/** One event of a run, numbered from 1. `wire` caches its encoded form per dialect: serialised once, whatever the readers. */
export interface LogEntry {
  sequence: number
  event: RunEvent
  wire?: Record<string, string>
}

/** A reader of one run. */
export interface RunStream {
  run: { id: string; threadId: string }
  /**
   * Batches of events in order: everything that happened in one tick is one batch, so that it can leave in one write.
   * Ends when the run ends or waits. Ending the iteration early only stops reading; `leave` says the client is gone.
   */
  entries: AsyncIterable<LogEntry[]>
  /** The client's socket closed. `canReturn`: the client is able to come back, so the run goes on; else the app's `onDisconnect` decides. */
  leave(client: { canReturn: boolean }): void
}

/**
 * Threads, items and runs: ordering, storing, resuming, cancelling. Knows no model and no HTTP.
 *
 * Every method rejects with a `ParleyError` before anything is written when an id is unknown or belongs to somebody
 * else, or when the request does not fit the stored state; once a stream is open, failures are `error` events.
 */
export interface Engine<Context> {
  startThread(call: Call<Context>, input: UserMessageInput, options?: StartOptions): Promise<RunStream>
  addUserMessage(
    call: Call<Context>,
    threadId: string,
    input: UserMessageInput,
    options?: StartOptions,
  ): Promise<RunStream>
  addClientToolOutput(
    call: Call<Context>,
    threadId: string,
    result: unknown,
    options?: StartOptions,
  ): Promise<RunStream>
  addStructuredInput(
    call: Call<Context>,
    threadId: string,
    answer: { itemId: string; input: StructuredInputSubmission },
    options?: StartOptions,
  ): Promise<RunStream>
  retryAfterItem(call: Call<Context>, threadId: string, itemId: string, options?: StartOptions): Promise<RunStream>
  customAction(
    call: Call<Context>,
    threadId: string,
    request: { itemId?: string; action: Action },
    options?: StartOptions,
  ): Promise<RunStream>
  syncCustomAction(
    call: Call<Context>,
    threadId: string,
    request: { itemId?: string; action: Action },
  ): Promise<{ updated_item?: ThreadItem }>

  /** Reads a run again from behind event `after`: from the log while it is there, else from the stored items. Without `runId`: the thread's latest run. */
  resumeRun(call: Call<Context>, threadId: string, from: { runId?: string; after?: number }): Promise<RunStream>
  /** Stops the thread's active run and waits until its partial answer is stored. Nothing active: nothing happens. */
  cancelRun(call: Call<Context>, threadId: string): Promise<{ cancelled: boolean }>
  /** Stops every active run whose call's context fits, and waits until the partial answers are stored. */
  cancelRunsOf(fits: (context: Context) => boolean): Promise<void>
  /** The contexts of all calls whose runs are active in this process. */
  callersOfRuns(): Context[]

  /** The thread with its oldest 20 visible items, and what its latest run is doing. */
  getThread(call: Call<Context>, threadId: string): Promise<{ thread: Thread; run?: RunInfo }>
  listThreads(call: Call<Context>, page: ListQuery): Promise<Page<Thread>>
  /** Threads that hold every word of the query in their title or in one message, newest first. */
  searchThreads(call: Call<Context>, search: ThreadSearchQuery): Promise<ThreadMatchPage>
  updateThread(call: Call<Context>, threadId: string, change: { title: string }): Promise<Thread>
  /** Cancels what runs on the thread, then removes it with its items. */
  deleteThread(call: Call<Context>, threadId: string): Promise<void>
  /** Visible items only; a page is full as long as there are more. */
  listItems(call: Call<Context>, threadId: string, page: ListQuery): Promise<Page<ThreadItem>>
  addFeedback(call: Call<Context>, feedback: { threadId: string; itemIds: string[]; kind: FeedbackKind }): Promise<void>
  createAttachment(call: Call<Context>, file: { name: string; size: number; mime_type: string }): Promise<Attachment>
  deleteAttachment(call: Call<Context>, attachmentId: string): Promise<void>
  transcribe(call: Call<Context>, audio: { data: Uint8Array; mimeType: string }): Promise<{ text: string }>

  /** A picture of another server, if the thread allows its domain. */
  readImage(call: Call<Context>, threadId: string, url: string): Promise<ImageBytes>

  /** Ends what a crash left running; call once before the first request. */
  sweep(): Promise<number>
  /** Refuses new runs, gives running ones `graceMs` to end, then interrupts them and stores what they wrote. */
  close(graceMs?: number): Promise<void>
}

/** Accents, capitals and the order of the words do not matter. */
export interface ThreadSearchQuery {
  query: string
  limit?: number | null
  after?: string | null
}

/** `limit` missing, null or 0 means 20; the most is 100. */
export interface ListQuery {
  limit?: number | null
  order?: 'asc' | 'desc'
  after?: string | null
}
