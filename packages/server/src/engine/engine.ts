import type {
  Action,
  Attachment,
  FeedbackKind,
  ImageBytes,
  InputValues,
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
import type { Runnable, ToolBreakpoints } from '../runnable/runnable.js'
import type { FeedbackRecord } from '../storage/feedback-store.js'
import type { ItemMark, LeftItem, NotedThread, RunRecord, ThreadNotes } from '../storage/store.js'

export type { FeedbackRecord } from '../storage/feedback-store.js'
export type { ItemMark, NotedThread, RunRecord, RunStep, ThreadNotes } from '../storage/store.js'

/** Who calls which app. Every call of the engine starts with one. */
export interface Call<Context> {
  app: Runnable<Context>
  context: Context
  /** `false`: the app leaves new threads without a name. */
  titling?: boolean
  /** Values for the app's form, from callers who were not shown it; see `fittingInputs`. */
  variables?: InputValues
  /** How many runs with this key may go on at once, on all servers together. Absent: as many as are started. */
  capacity?: { key: string; most: number } | undefined
  /** Its answers are spoken as well, in this voice or in the usual one. Absent: they are not. */
  speech?: { voice?: string | undefined } | undefined
  /** What the app is called in traces. */
  appId?: string
  /** The request behind the call. */
  trace?: Trace
}

/**
 * How a second start on a thread with an active run is met. `enqueue`: a message is answered with a run that waits as
 * `queued`, and the answer to a question waits for the run that asked.
 */
export type ConcurrencyPolicy = 'reject' | 'enqueue' | 'interrupt' | 'rollback'

/** What a call that starts a run may add. */
export interface StartOptions {
  /** The caller's idempotency key: the same key again reads the run it started the first time. */
  requestId?: string
  /** Default `interrupt`: the active answer is stopped and kept, then the new one starts; `enqueue` for answers to a tool call or form. */
  whenBusy?: ConcurrencyPolicy | undefined
  /** The caller's own words about the run. */
  metadata?: Record<string, unknown> | undefined
  /** What the caller's API keeps with the run; see `RunRecord`. */
  request?: Record<string, unknown> | undefined
  /** Milliseconds until a message's run may begin; it waits as `queued`. Absent: at once. */
  delayMs?: number | undefined
  /** The thread was made for this run alone, and goes with its end. */
  passing?: boolean | undefined
  /** The run waits before the app has its turn, until `goOn`. */
  pauses?: boolean | undefined
  /** The run waits before these tools are called, until `goOn`. */
  breakpoints?: ToolBreakpoints | undefined
  /** Another server that is told how the run ended, or that it waits. */
  webhook?: RunRecord['webhook']
  /** What it takes the place of stays to be read, as a branch that was left; see `readBranches`. Absent: it goes. */
  branching?: boolean | undefined
}

/** What the first message of a thread may bring along. */
export interface NewThreadOptions extends StartOptions {
  /** The app's form, filled in. Absent: the caller was not shown it. */
  inputs?: InputValues | undefined
  /** Values of its state, beside those of the form. */
  state?: Record<string, unknown> | undefined
  /** What it is called. Absent: the app may name it. */
  title?: string | undefined
}

/** What a message may bring along. */
export interface MessageOptions extends StartOptions {
  /** The id of its item, if the thread has none of this id. Absent: a new one. */
  messageId?: string | undefined
  /** What was said before it, and is not in the thread yet. */
  history?: HistoryMessage[] | undefined
  /**
   * It follows this item, and takes the place of everything newer; `null`: it becomes the first. Absent: the newest. With
   * `branching` the item may stand in a branch that was left: the thread turns back into that.
   */
  behind?: string | null | undefined
}

/** Something that was said elsewhere. `system` is for the model alone. */
export interface HistoryMessage {
  role: 'user' | 'assistant' | 'system'
  text: string
  id?: string | undefined
}

/** What was said elsewhere and comes in, or goes. A message whose id is there is replaced. */
export interface HistoryChange {
  messages?: HistoryMessage[]
  removedIds?: string[]
  /** Variables of the conversation that get another value. */
  state?: Record<string, unknown> | undefined
  /** The thread turns to this item first, and what is newer stays as a branch; `null`: to its beginning. Absent: it stays. */
  behind?: string | null | undefined
  /** What is known of the last message, or where none comes in, of the one the thread is at. */
  mark?: ItemMark | undefined
}

/** Which run to stop, and what becomes of it. */
export interface CancelOptions {
  /** Only this one. Absent: whichever is active. */
  runId?: string
  /** What it wrote goes with it, the message it answers included. */
  rollback?: boolean
}

/** What a caller may decide about a thread before anything is said in it. */
export interface NewThread extends NoteChange {
  /** Absent: a new one. */
  id?: string | undefined
  title?: string | undefined
}

/** What callers of an API keep on a thread; see `ThreadNotes`. */
export type NoteChange = Pick<ThreadNotes, 'metadata' | 'state'> & {
  /** `null` takes it away. */
  ttl_minutes?: number | null | undefined
}

/** What was said in a thread, as far as people may see it. */
export interface ThreadBranches {
  /** The branch the thread is in: its items, oldest first. */
  items: ThreadItem[]
  /** What it has left, in the order of leaving, each with the visible item it follows; `null`: it came first. */
  left: LeftItem[]
}

/** What happens on a thread: a run, or a change by somebody who wrote into it. */
export type ThreadPart = RunStream | 'changed'

/** What happens on a thread, one after the other, for whoever watches it. Leaving it ends no run. */
export interface ThreadStream {
  parts: AsyncIterable<ThreadPart>
  leave(): void
}

/** Where the reader of a thread begins. */
export interface ThreadReading {
  /** The runs that were before, from this one on, itself included; `null`: from the first. Absent: none of them. */
  from?: string | null
}

/** One event of a run, numbered from 1. `wire` caches its encoded form per dialect: serialised once, whatever the readers. */
export interface LogEntry {
  sequence: number
  event: RunEvent
  wire?: Record<string, string>
}

/** A reader of one run. */
export interface RunStream {
  run: {
    id: string
    threadId: string
    attempt: number
    request?: RunRecord['request']
    /** It had not begun when the reader came. */
    isQueued?: boolean
  }
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
  startThread(call: Call<Context>, input: UserMessageInput, options?: NewThreadOptions): Promise<RunStream>
  addUserMessage(
    call: Call<Context>,
    threadId: string,
    input: UserMessageInput,
    options?: MessageOptions,
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
  /** Lets the thread's run go on that waits for nothing but this. @throws {ParleyError} `conflict` when none does */
  goOn(call: Call<Context>, threadId: string, options?: StartOptions): Promise<RunStream>
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
  /** The same for a run whose thread is gone or not known, while its events are there, if the context of its call fits. */
  followRun(runId: string, after: number, fits: (context: Context) => boolean): RunStream
  /**
   * The run that is going on in this process, then every one that starts after it, and every change between them.
   * @throws {ParleyError} `run_not_found` for one of another thread to begin from
   */
  followThread(call: Call<Context>, threadId: string, reading?: ThreadReading): Promise<ThreadStream>
  /**
   * Stops the thread's active run until `goOn`; what it has written so far is stored when this resolves. Paused already:
   * nothing happens. @throws {ParleyError} `conflict` for a run that is not being written, or that answers no message
   */
  pauseRun(call: Call<Context>, threadId: string, runId: string): Promise<RunRecord>
  /**
   * Stops the thread's active run, or ends the one that waits, and waits until its partial answer is stored. Without a
   * `runId` those that are queued go as well. Nothing active: nothing happens.
   */
  cancelRun(call: Call<Context>, threadId: string, which?: CancelOptions): Promise<{ cancelled: boolean }>
  /** Stops every active run whose call's context fits, and waits until the partial answers are stored. */
  cancelRunsOf(fits: (context: Context) => boolean): Promise<void>
  /** The contexts of all calls whose runs are active in this process. */
  callersOfRuns(): Context[]

  /** A thread without a message. An id that the caller has a thread of already brings that one, as it is. */
  createThread(call: Call<Context>, thread: NewThread): Promise<{ thread: NotedThread; created: boolean }>
  /** The thread with what its callers keep on it, and its latest run. */
  readThread(call: Call<Context>, threadId: string): Promise<{ thread: NotedThread; run?: RunRecord }>
  /** Adds to what callers keep on the thread: a given field takes the place of one of the same name. */
  noteOnThread(call: Call<Context>, threadId: string, change: NoteChange): Promise<NotedThread>
  /** @throws {ParleyError} `thread_busy`, or `item_not_found` for `behind` */
  changeHistory(call: Call<Context>, threadId: string, change: HistoryChange): Promise<void>
  /**
   * A new thread with the same items, branches and notes; with `before`, of the items those that stand before it, and no
   * branches. @throws {ParleyError} `item_not_found` for `before`
   */
  copyThread(call: Call<Context>, threadId: string, until?: { before?: string | undefined }): Promise<NotedThread>
  /** Everything in the thread, the branches it has left included. */
  readBranches(call: Call<Context>, threadId: string): Promise<ThreadBranches>
  /** The runs of a thread, newest first unless asked otherwise. */
  listRuns(call: Call<Context>, threadId: string, page: ListQuery): Promise<Page<RunRecord>>
  readRun(call: Call<Context>, threadId: string, runId: string): Promise<RunRecord>
  /** The same for a caller who does not know the thread. */
  findRun(call: Call<Context>, runId: string): Promise<RunRecord>
  /** Forgets a run that is over; what it wrote stays. */
  deleteRun(call: Call<Context>, threadId: string, runId: string): Promise<void>

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
  /** What the user thinks of an item, or of the run that made a whole answer; in place of what the user thought before. */
  saveFeedback(call: Call<Context>, opinion: Opinion): Promise<FeedbackRecord>
  /** `null`: the user said nothing about it. */
  loadFeedback(call: Call<Context>, threadId: string, subjectId: string): Promise<FeedbackRecord | null>
  /** Everything the user thinks of a thread's answers, in the order it was first said. */
  listFeedback(call: Call<Context>, threadId: string): Promise<FeedbackRecord[]>
  /** `false`: the user said nothing about it. */
  deleteFeedback(call: Call<Context>, threadId: string, subjectId: string): Promise<boolean>
  createAttachment(call: Call<Context>, file: { name: string; size: number; mime_type: string }): Promise<Attachment>
  deleteAttachment(call: Call<Context>, attachmentId: string): Promise<void>
  /** Has the app speak a text, as MP3. @throws {ParleyError} `not_configured` */
  speak(call: Call<Context>, request: { text: string; voice?: string | undefined }): Promise<Uint8Array<ArrayBuffer>>
  /** What may be asked next; `undefined` when the app suggests nothing. */
  suggestQuestions(call: Call<Context>, threadId: string): Promise<string[] | undefined>
  transcribe(call: Call<Context>, audio: { data: Uint8Array; mimeType: string }): Promise<{ text: string }>

  /** A picture of another server, if the thread allows its domain. */
  readImage(call: Call<Context>, threadId: string, url: string): Promise<ImageBytes>

  /** Ends what a crash left running; call once before the first request. */
  sweep(): Promise<number>
  /** Lets runs that waited when their server stopped wait on, and begin in their turn. @returns how many */
  takeUp(): Promise<number>
  /** Refuses new runs, gives running ones `graceMs` to end, then interrupts them and stores what they wrote. */
  close(graceMs?: number): Promise<void>
}

/** Thumbs up or down, and why. */
export interface Opinion {
  threadId: string
  /** An item of the thread, or a run of it. */
  subjectId: string
  kind: FeedbackKind
  content?: string | undefined
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
