/** Messages of LangGraph's states and streams. Source: the Xpert contract, section 5.4. */

type Content =
  | string
  | (
      | { type: 'text'; text: string }
      | { type: 'image_url'; image_url: string | { url: string; detail?: 'auto' | 'low' | 'high' } }
    )[]

interface Said {
  id?: string
  content: Content
  name?: string
  additional_kwargs?: Record<string, unknown>
  response_metadata?: Record<string, unknown>
}

export interface HumanMessage extends Said {
  type: 'human'
}

export interface AIMessage extends Said {
  type: 'ai'
  tool_calls?: { name: string; args: Record<string, unknown>; id?: string; type?: 'tool_call' }[]
  invalid_tool_calls?: { name?: string; args?: string; id?: string; error?: string; type?: 'invalid_tool_call' }[]
  usage_metadata?: { input_tokens: number; output_tokens: number; total_tokens: number; [more: string]: unknown }
}

/** The next piece of an answer: pieces with one `id` belong together. */
export interface AIMessageChunk extends Omit<AIMessage, 'type'> {
  type: 'AIMessageChunk'
  tool_call_chunks?: { name?: string; args?: string; id?: string; index?: number; type?: string }[]
}

export interface ToolMessage extends Said {
  type: 'tool'
  tool_call_id: string
  status?: 'error' | 'success'
  artifact?: unknown
}

export interface SystemMessage extends Said {
  type: 'system'
}

export interface FunctionMessage extends Said {
  type: 'function'
}

export interface RemoveMessage extends Said {
  type: 'remove'
}

export type Message = HumanMessage | AIMessage | ToolMessage | SystemMessage | FunctionMessage | RemoveMessage
