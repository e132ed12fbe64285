import type { Interrupt, Metadata, Values } from './types.js'

/** What `streamMode` may ask for; the answer's events have the same names, `messages-tuple` comes as `messages`. */
export type StreamMode =
  | 'values'
  | 'updates'
  | 'messages'
  | 'messages-tuple'
  | 'events'
  | 'custom'
  | 'debug'
  | 'tasks'
  | 'checkpoints'

/** A message, or the next piece of one: pieces with one `id` belong together. */
export interface GraphMessage {
  type: string
  id?: string
  content: string | { type: string; text?: string; [more: string]: unknown }[]
  name?: string
  tool_calls?: { name: string; args: Record<string, unknown>; id?: string; type?: 'tool_call' }[]
  tool_call_id?: string
  status?: string
  usage_metadata?: Record<string, unknown>
  additional_kwargs?: Record<string, unknown>
  response_metadata?: Record<string, unknown>
  [more: string]: unknown
}

/** A name, and the same from within a subgraph: `updates|agent:1`. */
type Named<Name extends string> = Name | `${Name}|${string}`

interface Event<Name extends string, Data> {
  /** Its number, for `lastEventId`. */
  id?: string
  event: Name
  data: Data
}

/** A run in LangGraph's words: what an input with `messages`, or a `command`, is answered with. */
export type GraphEvent<State = Values> =
  | Event<'metadata', { run_id: string; thread_id?: string; attempt?: number }>
  | Event<Named<'values'>, State & { __interrupt__?: Interrupt[] }>
  | Event<Named<'updates'>, Record<string, unknown>>
  | Event<Named<'messages'>, [GraphMessage, Record<string, unknown>]>
  | Event<Named<'messages/partial' | 'messages/complete'>, GraphMessage[]>
  | Event<Named<'messages/metadata'>, Record<string, { metadata: Metadata }>>
  | Event<Named<'events'>, { event: string; name?: string; run_id?: string; data?: unknown; [more: string]: unknown }>
  | Event<Named<'custom' | 'debug' | 'tasks' | 'checkpoints'>, unknown>
  | Event<'feedback', Record<string, string>>
  | Event<'error', { error: string; message: string }>

/** A piece of an answer in Xpert's words: text to append, or content with a type. */
export type XpertContent = string | ({ type: string; id?: string; text?: string } & Record<string, unknown>)

/** A run in Xpert's words: what an input without `messages` is answered with. */
export type XpertEvent =
  | Event<
      '',
      | { type: 'message'; data: XpertContent }
      | { type: 'event'; event: XpertEventName; data?: Record<string, unknown>; tags?: string[] }
    >
  | Event<'complete', { type: 'complete' }>

export type XpertEventName =
  | 'on_conversation_start'
  | 'on_conversation_end'
  | 'on_message_start'
  | 'on_message_end'
  | 'on_agent_start'
  | 'on_agent_end'
  | 'on_tool_start'
  | 'on_tool_end'
  | 'on_tool_error'
  | 'on_tool_message'
  | 'on_chat_event'
  | 'on_client_effect'
  | 'on_interrupt'
  | 'on_error'
  | (string & {})

/** What a stream of a run yields. `event` tells the two languages apart: Xpert's events have none. */
export type RunStreamEvent<State = Values> = GraphEvent<State> | XpertEvent

/** What a piece of an answer adds to its text; nothing for pieces that are not text. */
export function textOf({ event, data }: RunStreamEvent): string {
  if (event === '' && data.type === 'message') {
    if (typeof data.data === 'string') return data.data
    return data.data.type === 'text' ? (data.data.text ?? '') : ''
  }
  if (event !== 'messages') return ''
  const { content, type } = (data as [GraphMessage, unknown])[0] // `messages` carries such a pair, and nothing else
  if (!/^ai/i.test(type)) return ''
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('')
}
