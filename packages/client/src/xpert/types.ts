/** Shapes of the Xpert AI API and the LangGraph protocol, as they are on the wire. Times are ISO strings. */

export type Metadata = Record<string, unknown> | null | undefined

/** What a thread's agent keeps between runs; `messages` where it speaks LangGraph. */
export type DefaultValues = Record<string, unknown>

export interface AssistantBase {
  assistant_id: string
  graph_id: string
  name: string
  description?: string | null
  version: number
  created_at: string
  config: Config
  metadata: Metadata
  context: unknown
}

export interface AssistantVersion extends AssistantBase {}

export interface Assistant extends AssistantBase {
  updated_at: string
}

export interface Config {
  tags?: string[]
  recursion_limit?: number
  configurable?: { thread_id?: string | null; checkpoint_id?: string | null; [more: string]: unknown }
  [more: string]: unknown
}

/** An assistant's steps; the two names `__start__` and `__end__` are nodes too. */
export interface AssistantGraph {
  nodes: { id: string | number; name?: string; data?: Record<string, unknown> | string; metadata?: unknown }[]
  edges: { source: string; target: string; data?: string; conditional?: boolean }[]
}

/** JSON Schemas; `null` where nothing is said. */
export interface GraphSchema {
  graph_id: string
  input_schema?: object | null
  output_schema?: object | null
  state_schema?: object | null
  config_schema?: object | null
  context_schema?: object | null
}

export interface Interrupt<Value = unknown> {
  id?: string
  value?: Value
}

export type ThreadStatus = 'idle' | 'busy' | 'interrupted' | 'error' | 'paused'

export interface Thread<State = DefaultValues> {
  thread_id: string
  created_at: string
  updated_at: string
  /** `id`: the conversation; `title`, `assistant_id` once a run has bound it. */
  metadata: Metadata
  status: ThreadStatus
  /** Of an answer that is paused. */
  runControl?: RunControl
  values: State
  /** By the task that waits. */
  interrupts: Record<string, Interrupt[]>
}

/** How a run is held; `resume` names the `pauseId`. */
export interface RunControl {
  executionId: string
  state: 'pausing' | 'paused' | 'running'
  pauseId: string
}

export interface Checkpoint {
  thread_id: string
  checkpoint_ns: string
  checkpoint_id: string | null
  checkpoint_map: Record<string, unknown> | null
}

export interface ThreadTask {
  id: string
  name: string
  result?: unknown
  error: string | null
  interrupts: Interrupt[]
  checkpoint: Checkpoint | null
  state: ThreadState | null
}

export interface ThreadState<State = DefaultValues> {
  values: State
  /** The nodes that come next; none when nothing waits. */
  next: string[]
  /** `null`: nothing has run yet. */
  checkpoint: Checkpoint | null
  metadata: Metadata
  created_at: string | null
  parent_checkpoint: Checkpoint | null
  tasks: ThreadTask[]
}

export interface ThreadContextUsage {
  thread_id: string
  agent_key: string | null
  run_id: string | null
  updated_at: string | null
  usage: {
    context_tokens: number
    input_tokens: number
    output_tokens: number
    total_tokens: number
    embed_tokens: number
    total_price: number
    currency: string | null
  }
}

/** What runs have used, a row for each currency; an empty one for runs whose price is not known. */
export interface UsageRow {
  currency: string
  tokenUsed: number
  priceUsed: number
}

export type RunStatus = 'pending' | 'running' | 'error' | 'success' | 'timeout' | 'interrupted'
export type CancelAction = 'interrupt' | 'rollback'
export type OnConflictBehavior = 'raise' | 'do_nothing'
export type MultitaskStrategy = 'reject' | 'interrupt' | 'rollback' | 'enqueue'

export interface Run {
  run_id: string
  thread_id: string
  assistant_id: string
  created_at: string
  updated_at: string
  status: RunStatus
  metadata: Metadata
  multitask_strategy: MultitaskStrategy | null
  kwargs?: unknown
}

export interface Cron {
  cron_id: string
  assistant_id: string
  thread_id: string | null
  end_time: string | null
  /** Five fields, UTC. */
  schedule: string
  created_at: string
  updated_at: string
  payload: Record<string, unknown>
  user_id: string | null
  next_run_date: string | null
  metadata: Record<string, unknown>
}

export type CronCreateResponse = Cron
export type CronCreateForThreadResponse = Cron & { thread_id: string }

/** A value that is kept; times stand in it twice, as Xpert's and LangGraph's own clients have them. */
export interface Item {
  namespace: string[]
  key: string
  value: Record<string, unknown>
  created_at: string
  updated_at: string
  createdAt: string
  updatedAt: string
}

export interface SearchItem extends Item {
  /** Of a search by meaning. */
  score?: number
}

export interface SearchItemsResponse {
  items: SearchItem[]
}

export interface ListNamespaceResponse {
  namespaces: string[][]
}

/** A file of one's own; the whole object, or its `id`, goes into a run's `files`. */
export interface StorageFile {
  id: string
  /** Its name where it is kept. */
  file: string
  fileId?: string
  storageFileId?: string
  url?: string
  originalName: string
  size: number
  mimeType?: string
  mimetype?: string
  status?: string
  createdAt?: string
  updatedAt?: string
  [more: string]: unknown
}

export interface Knowledgebase {
  id: string
  name: string
  description?: string | null
  status?: string
  documentNum?: number
  createdAt: string
  updatedAt: string
  [more: string]: unknown
}

export interface KnowledgeDocument {
  id: string
  name?: string
  status?: string
  progress?: number
  processMsg?: string | null
  [more: string]: unknown
}

export interface KnowledgeHit {
  pageContent: string
  metadata: Record<string, unknown>
  score: number
}

export type ChatConversationStatus = ThreadStatus

/** Where a conversation was begun; `api` unless who began it said otherwise. */
export type ChatConversationFrom = 'platform' | 'webapp' | 'debugger' | 'knowledge' | 'job' | 'api' | (string & {})

/** One thread as people see it: a title and messages. */
export interface ChatConversation {
  id: string
  threadId: string
  title?: string
  status?: ChatConversationStatus
  from?: ChatConversationFrom
  fromEndUserId?: string
  options?: Record<string, unknown>
  error?: string
  operation?: Record<string, unknown>
  /** The assistant it is with. */
  xpertId?: string
  projectId?: string
  taskId?: string
  createdAt?: string
  updatedAt?: string
}

export interface ChatMessage {
  id: string
  conversationId?: string
  role?: string
  /** Text, or the pieces an answer was streamed as. */
  content?: unknown
  reasoning?: unknown
  status?: string
  error?: string
  /** The run that wrote it. */
  executionId?: string
  createdAt?: string
  updatedAt?: string
  [more: string]: unknown
}

export type ChatMessageFeedbackRating = 'like' | 'dislike'

export interface ChatMessageFeedback {
  id: string
  conversationId?: string
  messageId?: string
  rating?: ChatMessageFeedbackRating
  content?: string
  createdAt?: string
  updatedAt?: string
}

/** A part of a longer list. */
export interface Pagination<Entry> {
  items: Entry[]
  total: number
}

/** What a browser may hold: short-lived, and for one user. */
export interface ChatKitSecret {
  client_secret: string
  expires_at: string
  /** Seconds. */
  expires_after: number
}
