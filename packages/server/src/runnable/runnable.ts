import type {
  Action,
  AppMode,
  Attachment,
  ClientToolCallItem,
  FeedbackKind,
  InputField,
  Page,
  RunEvent,
  StreamOptions,
  StructuredInputItem,
  ThreadItem,
  ThreadMetadata,
  UserMessageInput,
  UserMessageItem,
  WidgetItem,
} from '@parley/protocol'
import type { Trace } from '../base/trace.js'
import type { IdKind, PageQuery, ThreadMemory } from '../storage/store.js'

/** What set a run off. `item` is stored already. */
export type RunTrigger =
  | { type: 'user_message'; item: UserMessageItem }
  | { type: 'retry'; item: UserMessageItem }
  /** `null`: an output came although no call was waiting for one; the app just goes on. */
  | { type: 'client_tool_output'; item: ClientToolCallItem | null }
  | { type: 'structured_input'; item: StructuredInputItem }
  | { type: 'action'; action: Action; sender: WidgetItem | null }

/** What an app may use while it handles one call. `Context` is whatever authenticated the caller. */
export interface CallContext<Context = unknown> {
  /** Changing `title`, `status` or `metadata` is the way to change the thread: the engine stores it and tells the client. */
  thread: ThreadMetadata
  context: Context
  /** The thread's items, as stored; hidden ones included. */
  loadItems(page: PageQuery): Promise<Page<ThreadItem>>
  /** The same for whoever changes nothing: what is given may be frozen and shared, which is cheap for a long thread. */
  readItems(page: PageQuery): Promise<Page<ThreadItem>>
  loadItem(itemId: string): Promise<ThreadItem>
  saveItem(item: ThreadItem): Promise<void>
  loadAttachment(attachmentId: string): Promise<Attachment>
  /** The first `maxBytes` bytes of an attachment of this thread; `null` when the server has none to read. */
  readAttachment(attachmentId: string, maxBytes: number): Promise<{ data: Uint8Array; size: number } | null>
  /**
   * Keeps a file this thread may show, e.g. in a picture or a link. The address is good for a while; where it stands in a
   * stored item, readers get a new one.
   * @throws {ParleyError} `not_configured` when the server has no place for files, `payload_too_large`
   */
  saveFile(file: {
    name: string
    mime_type: string
    data: Uint8Array
  }): Promise<{ attachment: Attachment; address: string }>
  /** What is remembered of the thread besides its items; `null`: nothing, or the store keeps no such thing. */
  loadMemory(): Promise<ThreadMemory | null>
  /** In place of what there was; `null`: nothing any more. Nothing happens when the thread is gone. */
  saveMemory(memory: ThreadMemory | null): Promise<void>
  generateId(kind: IdKind): string
}

/** Tools, by name, before whose calls a run waits until it is told to go on; `all`: every one. */
export type ToolBreakpoints = 'all' | readonly string[]

/** What an app may use while it runs. */
export interface RunContext<Context = unknown> extends CallContext<Context> {
  /** `checkpoint`: what an earlier attempt of this run kept, e.g. before it waited for a person. */
  run: { id: string; attempt: number; checkpoint?: unknown }
  trigger: RunTrigger
  /** Whether an app that names new threads by itself may do so now. */
  titling: boolean
  /** What the run belongs to: hand it on to models, and its headers to servers that are asked on the run's behalf. */
  trace: Trace
  /**
   * Keeps what the app needs to go on later, in place of what was kept before: plain JSON, stored at once, and there
   * again as `run.checkpoint` when the run goes on: with a person's answer after days, on another server, or with a
   * retry (`trigger.type` is `retry`) after a crash. It is forgotten when the run ends.
   */
  keepCheckpoint(state: unknown): void
  /**
   * Where the app keeps a checkpoint and ends with `run.waiting` for the reason `pause`, to be told to go on: with a
   * retry, as after a crash. Absent: nowhere.
   */
  breakpoints?: ToolBreakpoints | undefined
  /**
   * Does something once the run has ended and its readers know. When it fails the log says so, and nobody else; a server
   * that stops aborts it.
   */
  afterwards(work: (signal: AbortSignal) => Promise<void>): void
  /** Aborted when the person stops the answer or a client that cannot come back leaves. */
  signal: AbortSignal
}

/** Something that was said in a thread. */
export interface Said {
  role: 'user' | 'assistant'
  text: string
}

/** What an agent is made of, as far as that is known before it runs. */
export interface AgentFacts {
  name: string
  /** `null`: a function writes them. */
  instructions: string | null
  /** `null`: the server's. */
  model: string | null
  tools: { name: string; description: string | null }[]
  /** Agents it can hand over to, by name. */
  handoffs: string[]
}

/**
 * An app, as the engine knows it: agent, workflow and user code alike.
 *
 * `run` yields ChatKit events and run events. A thrown `ParleyError`, `CustomStreamError` or `StreamError` becomes an
 * `error` event; anything else becomes `stream.error` and a line in the log. A run that ends with a pending
 * `client_tool_call` or `structured_input` item waits for its answer.
 */
export interface Runnable<Context = unknown> {
  /** Absent: `chat`. */
  mode?: AppMode | undefined
  /** What a message may ask for, by the ids that are offered. Absent: nothing is offered. */
  choices?: { models?: readonly string[]; tools?: readonly string[] }
  /** What it asks for when a thread begins; the values are the thread's `notes.state`. Absent: nothing. */
  inputs?: readonly InputField[] | undefined
  /** What answers, for whoever looks after the server. Absent: nobody can say before it runs. */
  describe?(): Promise<AgentFacts>
  run(context: RunContext<Context>): AsyncIterable<RunEvent>
  /**
   * `true`: it works on while its events wait to be taken, so that none has to be stored before the next is asked for,
   * and its last item is stored with the end of the run. Absent: when it goes on behind an item, that is stored.
   */
  worksAhead?: boolean
  /** Refuses a message before anything of it is stored, by throwing `invalid_request`. */
  checkMessage?(input: UserMessageInput, context: Context): void | Promise<void>
  /** A widget action that answers at once. Absent: the caller reads that the app has none. */
  syncAction?(action: Action, sender: WidgetItem, call: CallContext<Context>): Promise<{ updated_item?: ThreadItem }>
  addFeedback?(feedback: { threadId: string; itemIds: string[]; kind: FeedbackKind }, context: Context): Promise<void>
  /** `mediaType` is the MIME type without parameters. */
  transcribe?(audio: { data: Uint8Array; mimeType: string; mediaType: string }, context: Context): Promise<string>
  /** `false`: it only says what is missing for `transcribe`. */
  hears?: boolean
  /** Speaks a text, as MP3. Absent: it cannot. */
  speak?(request: { text: string; voice?: string | undefined }, context: Context): Promise<Uint8Array<ArrayBuffer>>
  /** What it can wait before; see `RunContext.breakpoints`. Absent: it waits before none; `null`: their names are known when it runs. */
  toolNames?(context: Context): Promise<readonly string[] | null>
  /** What the person may ask next, after what was said. Absent: it suggests nothing. */
  suggest?(said: readonly Said[], context: Context): Promise<string[]>
  /** Absent: `{ allow_cancel: true }`. */
  streamOptions?(thread: ThreadMetadata, context: Context): StreamOptions | Promise<StreamOptions>
  /** Replaces the engine's way of keeping the partial answer of a cancelled run. */
  streamCancelled?(thread: ThreadMetadata, pendingItems: ThreadItem[], context: Context): Promise<void>
  /** What a closed socket of a client that cannot come back means. Absent: `cancel`, as the reference does. */
  onDisconnect?: 'cancel' | 'continue'
}
