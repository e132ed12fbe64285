/** What a run's `input` may be in Xpert's words. Source: the Xpert contract, section 5.3. */

/** What a person says. */
export interface ChatRequestHuman {
  input?: string
  /** Files that were uploaded before: the object that the upload answered, or its `id`. */
  files?: Partial<{ id: string; name: string; url: string; size: number; type: string }>[]
  runtimeCapabilities?: RuntimeCapabilitiesSelection
  [more: string]: unknown
}

/** What of an assistant's capabilities is switched on for one message. */
export interface RuntimeCapabilitiesSelection {
  mode: 'allowlist'
  skills: { workspaceId?: string; ids: string[] }
  plugins: { nodeKeys: string[] }
  subAgents?: { nodeKeys: string[] }
}

export type ChatState = { human?: ChatRequestHuman } & Record<string, unknown>

/** The answer that is meant. */
export interface ChatTarget {
  aiMessageId?: string
  executionId?: string
}

export interface ChatResumeDecision {
  type: 'confirm' | 'reject'
  payload?: unknown
}

export interface ChatInterruptPatch {
  agentKey?: string
  toolCalls?: unknown[]
  update?: unknown
}

export type ChatFollowUpMode = 'queue' | 'steer'

interface Said {
  /** Your own id of the message, which the stream tells beside the server's. */
  clientMessageId?: string
  input: ChatRequestHuman
}

interface Surroundings {
  environmentId?: string
  sandboxEnvironmentId?: string
}

export interface ChatSendRequest extends Surroundings {
  action: 'send'
  conversationId?: string
  projectId?: string
  message: Said
  state?: ChatState
}

/** Goes on after an interrupt. */
export interface ChatResumeRequest {
  action: 'resume'
  conversationId: string
  target: ChatTarget
  decision: ChatResumeDecision
  patch?: ChatInterruptPatch
  state?: ChatState
}

/** Has an answer written anew. */
export interface ChatRetryRequest extends Surroundings {
  action: 'retry'
  conversationId: string
  source: ChatTarget
  checkpointId?: string
}

/** Says more while an answer is being written. */
export interface ChatFollowUpRequest {
  action: 'follow_up'
  conversationId: string
  mode: ChatFollowUpMode
  message: Said
  target?: ChatTarget
  state?: ChatState
}

export type ChatRequest = ChatSendRequest | ChatResumeRequest | ChatRetryRequest | ChatFollowUpRequest

/** The older form. */
export interface LegacyChatRequest extends Surroundings {
  input: ChatRequestHuman
  state?: ChatState
  agentKey?: string
  projectId?: string
  conversationId?: string
  id?: string
  executionId?: string
  confirm?: boolean
  command?: { resume?: unknown; update?: unknown; toolCalls?: unknown[]; agentKey?: string }
  retry?: boolean
}

export type RunInput = ChatRequest | LegacyChatRequest
