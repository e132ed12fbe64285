import { toWire } from '../transport/to-wire.js'
import type { Call, CallInit, Transport } from '../transport/transport.js'
import { type Answer, type AnswerReply, AnswerStream, toAnswer } from './answer.js'
import { readStream } from './read-stream.js'
import type { ClickAIEvent } from './stream-events.js'
import type { FileInput } from './types.js'

/** What every message says. */
export interface MessageParams extends CallInit {
  /** Who asks: your own name for them. It keeps their conversations apart from everybody else's. */
  user: string
  inputs?: Record<string, unknown> | undefined
  files?: FileInput[] | undefined
  /** `true`: the answer comes while it is being written. */
  stream?: boolean | undefined
}

export interface ChatParams extends MessageParams {
  query: string
  /** Goes on with that conversation; its `inputs` stay what they were. */
  conversationId?: string | undefined
  /** `false`: the conversation gets no title of its own. */
  autoGenerateName?: boolean | undefined
}

/** Overloads: with `stream: true` an iterable, without it the whole answer. */
export interface CreateMessage<Params extends MessageParams> {
  (params: Params & { stream: true }): Promise<AnswerStream>
  (params: Params & { stream?: false }): Promise<Answer>
  (params: Params): Promise<Answer | AnswerStream>
}

/** Messages to one kind of app: ask, and stop what is being written. Answers are not cut off by `timeoutMs`. */
export function messagesAt<Params extends MessageParams>({ json, send }: Transport, path: string) {
  async function create({ stream, signal, headers, ...params }: MessageParams): Promise<Answer | AnswerStream> {
    const body = { inputs: {}, ...toWire(params), response_mode: stream ? 'streaming' : 'blocking' }
    const call = { method: 'POST', path, body, signal, headers, timeoutMs: 0 } satisfies Call
    return stream
      ? new AnswerStream(readStream<ClickAIEvent>(await send(call)))
      : toAnswer(await json<AnswerReply>(call))
  }
  return {
    create: create as CreateMessage<Params>, // one function; the overloads say what `stream` decides
    /** Ends an answer of that user; what was written stays. */
    stop: async (taskId: string, { user, ...init }: OfUser) => {
      await json({ method: 'POST', path: `${path}/${encodeURIComponent(taskId)}/stop`, body: { user }, ...init })
    },
  }
}

/** On whose behalf. */
export interface OfUser extends CallInit {
  user: string
}
