import type { AIMessageChunk, Message } from './messages.js'
import type { Config, DefaultValues, Interrupt, Metadata, ThreadTask } from './types.js'

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

/** What the stream of a thread may be asked for. */
export type ThreadStreamMode = 'run_modes' | 'lifecycle' | 'state_update'

/** A name, and the same from within a subgraph: `updates|agent:1`. */
type Named<Name extends string> = Name | `${Name}|${string}`

interface Event<Name extends string, Data> {
  /** Its number, for `lastEventId`. */
  id?: string
  event: Name
  data: Data
}

export type ValuesStreamEvent<State = DefaultValues> = Event<Named<'values'>, State & { __interrupt__?: Interrupt[] }>
export type UpdatesStreamEvent<Update = unknown> = Event<Named<'updates'>, Record<string, Update>>
export type CustomStreamEvent<Custom = unknown> = Event<Named<'custom'>, Custom>
export type DebugStreamEvent = Event<Named<'debug'>, unknown>
/** The pieces of messages, each with what is known of it. */
export type MessagesTupleStreamEvent = Event<
  Named<'messages'>,
  [message: Message | AIMessageChunk, config: { tags: string[]; [more: string]: unknown }]
>
/** Messages as far as they have come. */
export type MessagesStreamEvent =
  | Event<Named<'messages/partial' | 'messages/complete'>, Message[]>
  | Event<Named<'messages/metadata'>, Record<string, { metadata: Metadata }>>
export type EventsStreamEvent = Event<
  Named<'events'>,
  {
    event: string
    name: string
    tags: string[]
    run_id: string
    metadata: Record<string, unknown>
    parent_ids: string[]
    data: unknown
  }
>
export type TasksStreamEvent<State = DefaultValues, Update = unknown> = Event<
  Named<'tasks'>,
  {
    id: string
    name: string
    interrupts: Interrupt[]
    input?: State
    triggers?: string[]
    result?: [string, Update][]
    error?: string
  }
>
export type CheckpointsStreamEvent<State = DefaultValues> = Event<
  Named<'checkpoints'>,
  { values: State; next: string[]; config: Config; metadata: Metadata; tasks: ThreadTask[] }
>
export type MetadataStreamEvent = Event<'metadata', { run_id: string; thread_id: string; attempt?: number }>
/** Where each kind of feedback is taken. */
export type FeedbackStreamEvent = Event<'feedback', Record<string, string>>
export type ErrorStreamEvent = Event<Named<'error'>, { error: string; message: string }>

interface EventsByMode<State, Update, Custom> {
  values: ValuesStreamEvent<State>
  updates: UpdatesStreamEvent<Update>
  custom: CustomStreamEvent<Custom>
  debug: DebugStreamEvent
  messages: MessagesStreamEvent
  'messages-tuple': MessagesTupleStreamEvent
  events: EventsStreamEvent
  tasks: TasksStreamEvent<State, Update>
  checkpoints: CheckpointsStreamEvent<State>
}

/** A run in LangGraph's words: what an input with `messages`, or a `command`, is answered with unless the key or app says otherwise. */
export type GraphEvent<
  State = DefaultValues,
  Update = unknown,
  Custom = unknown,
  Modes extends StreamMode | StreamMode[] = StreamMode,
> =
  | EventsByMode<State, Update, Custom>[Modes extends StreamMode[] ? Modes[number] : Modes & StreamMode]
  | MetadataStreamEvent
  | FeedbackStreamEvent
  | ErrorStreamEvent

/** A piece of an answer in Xpert's words: text to append, or content with a type. */
export type XpertContent = string | ({ type: string; id?: string; text?: string } & Record<string, unknown>)

/** A run in Xpert's words: what an input without `messages` is answered with unless the key or app says otherwise. */
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
export type RunStreamEvent<
  State = DefaultValues,
  Update = unknown,
  Custom = unknown,
  Modes extends StreamMode | StreamMode[] = StreamMode,
> = GraphEvent<State, Update, Custom, Modes> | XpertEvent

/** What a piece of an answer adds to its text; nothing for pieces that are not text. */
export function textOf({ event, data }: RunStreamEvent<unknown>): string {
  if (event === '' && data.type === 'message') {
    if (typeof data.data === 'string') return data.data
    return data.data.type === 'text' ? (data.data.text ?? '') : ''
  }
  if (event !== 'messages') return ''
  const [{ content, type }] = data
  if (!/^ai/i.test(type)) return ''
  return typeof content === 'string' ? content : content.map((part) => ('text' in part ? part.text : '')).join('')
}
