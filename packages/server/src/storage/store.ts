import type {
  Attachment,
  FoundPassage,
  NodePlace,
  NodeRounds,
  Page,
  RunStatus,
  RunTrace,
  ThreadItem,
  ThreadMetadata,
} from '@parley/protocol'

/** Oldest or newest first. Rows with the same time keep the order in which they were added. */
export type Order = 'asc' | 'desc'

/** One page: at most `limit` rows (1 or more) behind the row whose id is `after`. */
export interface PageQuery {
  limit: number
  order: Order
  after?: string
}

/** What an id is made for. Source: the ChatKit server kit's `StoreItemType`. */
export type IdKind = 'thread' | 'message' | 'tool_call' | 'task' | 'workflow' | 'attachment' | 'sdk_hidden_context'

/**
 * Where threads, items and attachments live. Implement it to keep chats in a database of your own; every method takes
 * the per-request `context` last, and the context is the only authorization hook: an id that belongs to somebody
 * else must look exactly like one that does not exist.
 *
 * Items are documents: fields a store does not know must survive a round trip.
 * Check an implementation with `describeStore` from `@parley/server/testing`.
 *
 * Source: the ChatKit server kit's `Store`, names in camelCase.
 */
export interface Store<Context> {
  /** @throws {ParleyError} `thread_not_found` */
  loadThread(threadId: string, context: Context): Promise<ThreadMetadata>
  /** Inserts or replaces the thread, all fields included. */
  saveThread(thread: ThreadMetadata, context: Context): Promise<void>
  /** The caller's threads by creation time. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  loadThreads(page: PageQuery, context: Context): Promise<Page<ThreadMetadata>>
  /** Removes the thread with its items. Deleting a missing thread is not an error. */
  deleteThread(threadId: string, context: Context): Promise<void>
  /** @throws {ParleyError} `thread_not_found`, or `invalid_cursor` for an unknown `after` */
  loadThreadItems(threadId: string, page: PageQuery, context: Context): Promise<Page<ThreadItem>>
  /** Adds the item at the end of its thread; an item with the same id is replaced where it stands. */
  addThreadItem(threadId: string, item: ThreadItem, context: Context): Promise<void>
  /** Replaces an item by id where it stands; its type may change. @throws {ParleyError} `item_not_found` */
  saveItem(threadId: string, item: ThreadItem, context: Context): Promise<void>
  /** @throws {ParleyError} `item_not_found` */
  loadItem(threadId: string, itemId: string, context: Context): Promise<ThreadItem>
  /** Deleting a missing item is not an error. */
  deleteThreadItem(threadId: string, itemId: string, context: Context): Promise<void>
  /** Inserts or replaces, server-only `metadata` included. */
  saveAttachment(attachment: Attachment, context: Context): Promise<void>
  /** @throws {ParleyError} `attachment_not_found` */
  loadAttachment(attachmentId: string, context: Context): Promise<Attachment>
  /** Deleting a missing attachment is not an error. */
  deleteAttachment(attachmentId: string, context: Context): Promise<void>
}

/** What callers of an API keep on a thread. The chat never gets it; apps may read it. */
export interface ThreadNotes {
  /** The caller's own words about the thread, by which it finds it again. */
  metadata?: Record<string, unknown>
  /** Variables of the conversation, beside its items. */
  state?: Record<string, unknown>
  /** When a caller last changed the thread. */
  updated_at?: string
  /** Minutes it is kept after something last happened in it. Absent: for as long as the server says. */
  ttl_minutes?: number
  /** What callers said of messages that they wrote into the thread, by the ids of their items; the newest of them. */
  marks?: Record<string, ItemMark>
}

/** What a message that no run has written counts as. */
export interface ItemMark {
  /** Who wrote it, in the words of the API it came by. */
  as: string
  /** Whether nothing is to be said to it any more. */
  answered: boolean
}

/** A thread with what its callers keep on it. */
export type NotedThread = ThreadMetadata & { notes?: ThreadNotes }

/** Token counts of one run, added up over its model calls. */
export interface RunUsage {
  input_tokens: number
  output_tokens: number
  total_tokens: number
  requests: number
  /** In US dollars; absent where prices are not known. */
  cost_usd?: number
  /** What of it was for what models read, and what for what they wrote. */
  input_cost_usd?: number
  output_cost_usd?: number
}

/** What a node, a round of a node, or a tool did in a run. Long values are kept as the beginning of their text. */
export interface RunStep {
  kind: 'node' | 'round' | 'tool'
  /** Of the node, which may work several times, or of the call. */
  id: string
  /** Its title, or what the tool is called. */
  name: string
  node_type?: string
  /** The rounds a node or a round stands in, the outermost first; absent: it stands in none. */
  within?: NodePlace[]
  /** Of a node that works in rounds. */
  rounds?: NodeRounds
  /** Of a round: which it is, from 0. */
  round?: number
  input?: unknown
  output?: unknown
  /** `running`: it had not ended when the run did, or began to wait. */
  status: 'running' | 'completed' | 'failed' | 'skipped'
  error?: string
  /** It failed, and the run went on all the same. */
  is_handled?: true
  usage?: RunUsage
  /** The message that was being said when it began; absent: there was none. */
  behind_item_id?: string
  /** Another of its kind was at work when it began. */
  is_beside?: true
  started_at: string
  elapsed_ms?: number
}

/** One execution of an app on a thread, as it is stored. */
export interface RunRecord {
  id: string
  thread_id: string
  status: RunStatus
  /** 1 for the first try; every claim of a waiting or crashed run adds one. */
  attempt: number
  /** The caller's idempotency key, unique per user. */
  request_id?: string
  /** What set the run off; `item_id` is the user message, tool call, form or widget it is about. */
  trigger: { type: 'user_message' | 'retry' | 'client_tool_output' | 'structured_input' | 'action'; item_id?: string }
  /** While `waiting`: the item whose answer resumes the run. */
  waiting_item_id?: string
  /** What the app kept to go on with, while it waits or after it was cut off; plain JSON that only the app understands. */
  checkpoint?: unknown
  /** Which try kept it; absent: an earlier one, or none that went on from it. */
  checkpoint_attempt?: number
  /** The items of the run that were finished when it was kept. */
  checkpoint_item_ids?: string[]
  /** What it had done when that was kept, without what was written: told when it is cut off. */
  checkpoint_trace?: RunTrace
  /** Number of the last event the run emitted. */
  last_sequence: number
  usage?: RunUsage
  /** What its nodes and tools did, in the order they began; absent: there were none. */
  steps?: RunStep[]
  /** What its tools found in knowledge. */
  passages?: FoundPassage[]
  /** The caller's own words about the run. */
  metadata?: Record<string, unknown>
  /** While `queued`: how it begins in its turn, on whichever server. Only the engine understands it; absent: it cannot begin elsewhere. */
  queued?: unknown
  /** The thread was made for this run alone, and goes with its end. */
  passing?: true
  /** Another server that is told how it ended, or that it waits; `public_url` is where that one reached ours. */
  webhook?: { url: string; public_url: string }
  /** What the caller's API keeps of the request, to show the run as it was asked for; only that API understands it. */
  request?: Record<string, unknown>
  error?: { code: string; message?: string }
  created_at: string
  ended_at?: string
}

/** An item the conversation went another way than: no longer one of its thread, and kept for whoever looks back. */
export interface LeftItem {
  item: ThreadItem
  /** The item it stood behind, wherever that is now; `null`: it came first. */
  follows: string | null
}

/** Everything that starting or resuming a run writes, in ONE transaction. */
export interface RunWrites {
  /** A thread to insert or replace. */
  thread?: ThreadMetadata
  /** Attachments that now belong to the thread. */
  attachments?: Attachment[]
  /** Items to add, or to replace where they stand. */
  items?: ThreadItem[]
  /** Items that go: answers behind a retried message, superseded tool calls. */
  removedItemIds?: string[]
  /** Items that leave the thread for a branch. A store that keeps no branches removes them. */
  leftItems?: LeftItem[]
  /** Those of `items` that come back from a branch. */
  returnedItemIds?: string[]
  /** With the end of a run: what its last attempt did, to be added to what earlier ones did. A store may leave it out. */
  trace?: RunTrace
}

/** Runs and what must happen in one transaction with them. Both SQL stores implement it; `memoryRuns` adds it to any `Store`. */
export interface RunStore<Context> {
  /**
   * Stores a new run with everything that belongs to its start. A `request_id` this user has used before
   * writes nothing and answers the run it started: `created` is false.
   */
  startRun(run: RunRecord, writes: RunWrites, context: Context): Promise<{ run: RunRecord; created: boolean }>
  /**
   * Moves a waiting run back to `running`, adding one to `attempt`, if nobody else did: of two callers one gets the
   * run and the other `null`.
   */
  claimRun(runId: string, writes: RunWrites, context: Context): Promise<RunRecord | null>
  /** Lets a `queued` run begin, as the newest of its thread. `false`: it is queued no more. */
  beginRun(run: RunRecord, writes: RunWrites, context: Context): Promise<boolean>
  /** Keeps the items that are still growing, for many runs in one transaction; replaces what was kept before. */
  savePartials(partials: { runId: string; attempt: number; items: ThreadItem[] }[]): Promise<void>
  /** Stores the record of a run that goes on, e.g. with a new checkpoint. A stale `attempt` or an ended run writes nothing. */
  saveRun(run: RunRecord): Promise<void>
  /** Stores the run's end and its last writes, and forgets its partial items. A stale `attempt` writes nothing: `false`. */
  endRun(run: RunRecord, writes: RunWrites, context: Context): Promise<boolean>
  /** Writes what belongs to no run. @throws {ParleyError} `thread_not_found` */
  changeThread(threadId: string, writes: RunWrites, context: Context): Promise<void>
  /** @throws {ParleyError} `run_not_found` */
  loadRun(runId: string, context: Context): Promise<RunRecord>
  /** The newest run of the thread that has begun, or `null`. */
  loadLatestRun(threadId: string, context: Context): Promise<RunRecord | null>
  /** The runs of a thread, in the order of their start. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  loadRuns(threadId: string, page: PageQuery, context: Context): Promise<Page<RunRecord>>
  /** Forgets a run; its items stay. Deleting a missing run is not an error. */
  deleteRun(runId: string, context: Context): Promise<void>
  /**
   * Ends what a crash left behind: every `running` run becomes `interrupted`, and so does one that is `queued` and does
   * not say how it begins. Its partial assistant messages
   * with visible text become items, and so does what was kept of one that had not begun. Called once at start, before the
   * first request.
   * @param keepsTraces Whether each is given a trace that says so, with what is known of it. A store may leave it out.
   * @returns how many runs were ended.
   */
  sweepRuns(now: string, keepsTraces?: boolean): Promise<number>
}

/** A run that waits, and the items that were kept of it. */
export interface QueuedRun {
  run: RunRecord
  items: ThreadItem[]
}

/** Takes away files that were uploaded and never sent. Times are ISO 8601. */
export interface AttachmentSweep {
  now: string
  /** Files first found unsent before this time go; files found now get the time `now`. */
  before: string
  /** Deletes the bytes. When it fails, the sweep fails, and the next one tries again. */
  remove(attachmentId: string): Promise<void>
}

/** Which threads to look for: those whose title or one of whose messages holds every word. */
export interface ThreadSearch {
  /** At least one, each as `foldText` makes it and without blanks. */
  words: readonly string[]
  limit: number
  /** Id of the last thread already found. */
  after?: string
}

/** A thread that was found. */
export interface FoundThread {
  thread: ThreadMetadata
  /** The newest message that holds the words; absent when it is the title alone. */
  item?: ThreadItem
}

/** Finding threads by what was said in them. Both SQL stores implement it; `memoryRuns` adds it to any `Store`. */
export interface SearchStore<Context> {
  /** The caller's threads, newest first. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  searchThreads(search: ThreadSearch, context: Context): Promise<Page<FoundThread>>
}

/** What is remembered of a thread besides its items: it is no part of what people see, and goes with the thread. */
export interface ThreadMemory {
  /** On everything up to an item, for the model. */
  notes: string
  through_item_id: string
}

/** What the engine needs of storage. */
export interface DurableStore<Context> extends Store<Context>, RunStore<Context>, SearchStore<Context> {
  /** `loadThreadItems` for a caller that changes nothing: the items may be frozen and shared. Absent: they are copies. */
  readThreadItems?(threadId: string, page: PageQuery, context: Context): Promise<Page<ThreadItem>>
  /** Absent, like `saveThreadMemory`: a store of your own remembers nothing but items. */
  loadThreadMemory?(threadId: string, context: Context): Promise<ThreadMemory | null>
  /** Replaces it; `null` removes it. Nothing happens when there is no such thread. */
  saveThreadMemory?(threadId: string, memory: ThreadMemory | null, context: Context): Promise<void>
  /** Every item that left the thread, in the order of leaving; none when there is no such thread. Absent: branches are not kept. */
  loadLeftItems?(threadId: string, context: Context): Promise<LeftItem[]>
  /** Runs of everybody that are `queued` and say how they begin, in the order they were accepted. Absent: none outlive their server. */
  listQueuedRuns?(): Promise<QueuedRun[]>
  /** @returns how many files were taken away. Absent: a store of your own keeps them until they are deleted. */
  sweepAttachments?(sweep: AttachmentSweep): Promise<number>
  close(): Promise<void>
}

/** Whose data a query may touch, in Parley's own stores. A row outside the scope does not exist. */
export interface Scope {
  workspaceId: string
  userId: string
  appId: string
}
