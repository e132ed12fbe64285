/** Shapes of the Xpert AI API and the LangGraph protocol, as they are on the wire. Times are ISO strings. */

export type Metadata = Record<string, unknown> | null

/** What a thread's agent keeps between runs; `messages` where it speaks LangGraph. */
export type Values = Record<string, unknown>

export interface Assistant {
  assistant_id: string
  graph_id: string
  name: string
  description?: string | null
  version: number
  created_at: string
  updated_at: string
  config: RunConfig
  metadata: Metadata
  context?: unknown
}

export interface RunConfig {
  tags?: string[]
  recursion_limit?: number
  configurable?: Record<string, unknown>
  [more: string]: unknown
}

/** An assistant's steps; the two names `__start__` and `__end__` are nodes too. */
export interface AssistantGraph {
  nodes: { id: string | number; name?: string; data?: unknown; metadata?: unknown }[]
  edges: { source: string; target: string; data?: string; conditional?: boolean }[]
}

/** JSON Schemas; `null` where nothing is said. */
export interface GraphSchemas {
  graph_id: string
  input_schema?: object | null
  output_schema?: object | null
  state_schema?: object | null
  config_schema?: object | null
  context_schema?: object | null
}

/** What a person can switch on for a run. */
export interface RuntimeCapabilities {
  skills: { id: string; label: string; [more: string]: unknown }[]
  plugins: { nodeKey: string; label: string; [more: string]: unknown }[]
  subAgents?: { nodeKey: string; label: string; [more: string]: unknown }[]
}

export interface Interrupt {
  id?: string
  value?: unknown
}

export interface Thread<State = Values> {
  thread_id: string
  created_at: string
  updated_at: string
  /** `id`: the conversation; `title`, `assistant_id` once a run has bound it. */
  metadata: Metadata
  status: 'idle' | 'busy' | 'interrupted' | 'error' | 'paused'
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

export interface ThreadState<State = Values> {
  values: State
  /** The nodes that come next; none when nothing waits. */
  next?: string[]
  /** `null`: nothing has run yet. */
  checkpoint: Checkpoint | null
  metadata: Metadata
  created_at: string | null
  parent_checkpoint: Checkpoint | null
  tasks?: ThreadTask[]
}

export interface ContextUsage {
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
  metadata: Metadata
}

export interface StoreItem {
  namespace: string[]
  key: string
  value: Record<string, unknown>
  created_at: string
  updated_at: string
  /** Of a search by meaning. */
  score?: number
}

/** A file of one's own; the whole object, or its `id`, goes into a run's `files`. */
export interface ContextFile {
  id: string
  fileId?: string
  storageFileId?: string
  url?: string
  originalName: string
  size: number
  mimeType?: string
  status?: string
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

/** One thread as people see it: a title and messages. */
export interface Conversation {
  id: string
  threadId: string
  title: string | null
  status: 'idle' | 'busy' | 'interrupted' | 'error'
  xpertId?: string | null
  error?: string | null
  options?: unknown
  createdAt: string
  updatedAt: string
  [more: string]: unknown
}

export interface ConversationMessage {
  id: string
  conversationId: string
  role: string
  content: unknown
  reasoning?: unknown
  status: string | null
  error?: string | null
  executionId?: string | null
  createdAt: string
  updatedAt: string
  [more: string]: unknown
}

export interface MessageFeedback {
  id: string
  conversationId: string
  messageId: string
  rating: 'like' | 'dislike'
  content?: string | null
  createdAt: string
  updatedAt: string
}

/** A part of a longer list. */
export interface Items<Entry> {
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
