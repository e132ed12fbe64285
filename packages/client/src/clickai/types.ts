/** Shapes of the ClickAI REST API, as they are on the wire. Times are Unix seconds unless a field says otherwise. */

/** What the model has used; prices are decimal texts. */
export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  total_price?: string
  currency?: string
  /** Seconds. */
  latency?: number
  [more: string]: unknown
}

/** A passage the answer rests on. */
export interface RetrieverResource {
  position: number
  dataset_id: string
  dataset_name: string
  document_id: string
  document_name: string
  segment_id: string
  score: number
  content: string
  [more: string]: unknown
}

/** A file that was uploaded before, or one at an address. */
export type FileInput = { type: 'image' | 'document' | 'audio' | 'video' | 'custom' } & (
  | { transfer_method: 'local_file'; upload_file_id: string }
  | { transfer_method: 'remote_url'; url: string }
)

export interface UploadedFile {
  id: string
  name: string
  size: number
  extension: string
  mime_type: string
  created_by: string
  created_at: number
  [more: string]: unknown
}

export interface ClickAIConversation {
  id: string
  name: string
  inputs: Record<string, unknown>
  status: string
  introduction: string
  created_at: number
  updated_at: number
}

export interface ConversationVariable {
  id: string
  name: string
  value_type: string
  value: unknown
  description: string
  created_at: number
  updated_at: number
}

/** One turn: what was asked and what was answered. */
export interface ClickAIMessage {
  id: string
  conversation_id: string
  query: string
  answer: string
  inputs: Record<string, unknown>
  status: 'normal' | 'error'
  error: string | null
  message_files: Record<string, unknown>[]
  feedback: { rating: 'like' | 'dislike' } | null
  retriever_resources: RetrieverResource[]
  agent_thoughts: Record<string, unknown>[]
  created_at: number
  [more: string]: unknown
}

/** A part of a longer list. */
export interface ListPage<Entry> {
  limit: number
  has_more: boolean
  data: Entry[]
}

export interface AssistantEntry {
  id: string
  name: string
  mode: AssistantMode
  description: string
  created_at: number
}

export type AssistantMode = 'workflow' | 'agent-chat' | 'chat' | 'completion' | 'advanced-chat'

export interface AssistantPage {
  page: number
  page_size: number
  /** Of all pages. */
  total: number
  data: AssistantEntry[]
}

export type WorkflowStatus = 'running' | 'succeeded' | 'failed' | 'stopped' | 'partial-succeeded' | 'paused'

/** A run that is over, or waits for somebody. A step that failed is a `failed` run, not an error of the call. */
export interface WorkflowReply {
  workflow_run_id: string
  task_id: string
  data: {
    id: string
    workflow_id: string
    status: WorkflowStatus
    outputs: Record<string, unknown> | null
    error: string | null
    /** Seconds. */
    elapsed_time: number
    total_tokens: number
    total_steps: number
    created_at: number
    finished_at: number | null
    /** Of a run that is `paused`: what it asks. */
    reasons?: { form_id: string; form_token: string | null; [more: string]: unknown }[]
  }
}

/** A question to a person. */
export interface WorkflowForm {
  /** Markdown; `{{#$output.NAME#}}` stands where an input belongs. */
  form_content: string
  inputs: { type: string; output_variable_name: string; [more: string]: unknown }[]
  user_actions: { id: string; title: string; button_style: string }[]
  resolved_default_values: Record<string, unknown>
  expiration_time: number
}

export interface WorkflowRun {
  id: string
  workflow_id: string
  status: WorkflowStatus
  /** JSON. */
  inputs: string | null
  outputs: Record<string, unknown> | null
  error: string | null
  total_steps: number
  total_tokens: number
  created_at: number
  finished_at: number | null
  elapsed_time: number
}

export interface WorkflowLogs {
  page: number
  limit: number
  total: number
  has_more: boolean
  data: Record<string, unknown>[]
}

export interface AppInfo {
  name: string
  description: string
  tags: string[]
  mode: AssistantMode
  author_name: string
}

/** What a form for the app shows, and what it allows. */
export interface AppParameters {
  opening_statement: string
  suggested_questions: string[]
  /** Objects with one member, which is the kind of field. */
  user_input_form: Record<string, { label: string; variable: string; required: boolean; [more: string]: unknown }>[]
  file_upload: Record<string, unknown>
  system_parameters: Record<string, number>
  [more: string]: unknown
}

export interface AppSite {
  title: string
  description: string | null
  [more: string]: unknown
}
