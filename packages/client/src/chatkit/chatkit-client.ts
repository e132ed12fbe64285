import type {
  Action,
  Attachment,
  FeedbackKind,
  ImageBytes,
  Page,
  StructuredInputSubmission,
  Thread,
  ThreadItem,
  ThreadMatchPage,
  ThreadWithRun,
  UserMessageInput,
} from '@parley/protocol'
import { ClientError, toClientError } from '../transport/error.js'
import type { PageOf } from '../transport/page-of.js'
import { type CallInit, createTransport, type TransportOptions } from '../transport/transport.js'
import { readEvents, type StreamMessage } from './read-events.js'

/** A running answer, event by event. Nothing is sent before the first `next()`; stop it with the call's `signal`. */
export type EventStream = AsyncGenerator<StreamMessage, void, undefined>

/** Posts one request body and hands back the answer as it arrives, whatever its status. */
export interface ChatKitTransport {
  send(body: unknown, init: CallInit): Promise<Response>
}

type InThread<T = unknown> = { thread_id: string } & T
/** `state` is Parley's own: values that the app's state takes over with the message. */
type NewMessage = { input: UserMessageInput; state?: Record<string, unknown> }
type CustomAction = InThread<{ item_id?: string; action: Action }>

/** Where the endpoint is, e.g. `https://chat.example.com/api/chatkit`, and what every request carries. */
export interface ChatKitClientOptions extends Omit<TransportOptions, 'baseURL'> {
  url: string
}

/**
 * Typed calls to one ChatKit endpoint.
 *
 * @example
 * const client = createChatKitClient({ url: 'http://localhost:8787/api/chatkit' })
 * for await (const { event } of client.threads.create({ input })) console.log(event.type)
 *
 * @throws {ClientError} from every call, and from a stream's first `next()`, when the answer is not a success.
 */
export function createChatKitClient({ url, ...options }: ChatKitClientOptions): ChatKitClient {
  const transport = createTransport({ ...options, baseURL: url })
  return chatKitCalls({ send: (body, init) => transport.send({ method: 'POST', path: '', body, ...init }) })
}

/** The same over a way of one's own, which sends each body and hands back whatever comes. */
export function chatKitCalls(transport: ChatKitTransport) {
  async function post(body: unknown, init: CallInit): Promise<Response> {
    const response = await transport.send(body, init).catch((cause: unknown) => {
      if (init.signal?.aborted || cause instanceof ClientError) throw cause
      throw new ClientError({ status: 0, code: 'network', message: 'The server could not be reached.', cause })
    })
    if (!response.ok) throw await toClientError(response)
    return response
  }

  const call =
    <Params, Answer>(type: string) =>
    async (params: Params, init: CallInit = {}): Promise<Answer> => {
      const response = await post({ type, params }, init)
      return (await response.json()) as Answer // the server's own schema made it; a client does not check it twice
    }

  const stream = <Params>(type: string) =>
    async function* streamEvents(params: Params, init: CallInit = {}): EventStream {
      const headers = { accept: 'text/event-stream', ...init.headers }
      yield* readEvents(await post({ type, params }, { ...init, headers }))
    }

  return {
    threads: {
      create: stream<NewMessage>('threads.create'),
      addUserMessage: stream<InThread<NewMessage>>('threads.add_user_message'),
      addClientToolOutput: stream<InThread<{ result: unknown }>>('threads.add_client_tool_output'),
      addStructuredInput:
        stream<InThread<{ item_id: string; input: StructuredInputSubmission }>>('threads.add_structured_input'),
      retryAfterItem: stream<InThread<{ item_id: string }>>('threads.retry_after_item'),
      customAction: stream<CustomAction>('threads.custom_action'),
      syncCustomAction: call<CustomAction, { updated_item?: ThreadItem }>('threads.sync_custom_action'),
      getById: call<InThread, ThreadWithRun>('threads.get_by_id'),
      list: call<PageOf, Page<Thread>>('threads.list'),
      /** Parley's own. */
      search: call<{ query: string; limit?: number; after?: string }, ThreadMatchPage>('threads.search'),
      update: call<InThread<{ title: string }>, Thread>('threads.update'),
      delete: call<InThread, Record<string, never>>('threads.delete'),
    },
    items: {
      list: call<InThread<PageOf>, Page<ThreadItem>>('items.list'),
      feedback: call<InThread<{ item_ids: string[]; kind: FeedbackKind }>, Record<string, never>>('items.feedback'),
    },
    attachments: {
      create: call<{ name: string; size: number; mime_type: string }, Attachment>('attachments.create'),
      delete: call<{ attachment_id: string }, Record<string, never>>('attachments.delete'),
    },
    input: {
      transcribe: call<{ audio_base64: string; mime_type: string }, { text: string }>('input.transcribe'),
    },
    /** Parley's own: pick a run up again after a lost connection, or end it. */
    runs: {
      resume: stream<InThread<{ run_id: string; after?: number }>>('runs.resume'),
      cancel: call<InThread, Record<string, never>>('runs.cancel'),
    },
    /** Parley's own: a picture from one of the thread's allowed domains, fetched by the server. */
    images: {
      read: call<InThread<{ url: string }>, ImageBytes>('images.read'),
    },
  }
}

export type ChatKitClient = ReturnType<typeof chatKitCalls>
