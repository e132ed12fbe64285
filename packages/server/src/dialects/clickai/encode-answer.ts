import type { AppMode } from '@parley/protocol'
import type { Clock } from '../../base/clock.js'
import { uuidOf } from '../../base/uuid-of.js'
import { awaitRun } from '../../engine/await-run.js'
import type { Call, Engine, RunRecord, RunStream } from '../../engine/engine.js'
import { eventStreamResponse } from '../../http/event-stream.js'
import type { RouteContext } from '../dialect.js'
import { writeRun } from '../write-run.js'
import { inputsOf } from './conversations/encode.js'
import { isGraph, modeOf } from './decode-call.js'
import { INTERNAL } from './errors.js'
import { createRunEncoder, encodeSse, type RunEncoder } from './messages/encode-run.js'
import { createListener, encodeSpeech } from './messages/encode-speech.js'
import type { StreamEvent } from './messages/event-schema.js'

/** What answers are told with. */
export interface AnswerParts<Context> {
  engine: Engine<Context>
  /** How long an answer may take whose caller waits for all of it. */
  blockingMs: number
  clock: Clock
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown, request: Request, requestId: string): void
}

/** A run that was started, and how its answer is wanted. */
export interface Answering<Context> {
  request: Request
  context: RouteContext
  call: Call<Context>
  stream: RunStream
  userId: string
  mode: 'blocking' | 'streaming'
}

export const PING = { text: 'event: ping\n\n', everyMs: 10_000 }
export const BROKEN = encodeSse({ event: 'error', ...INTERNAL })

/** A run as this API tells it: as a stream, or at once, by what `fold` makes of its events. */
export async function answerWith<Context>(
  parts: AnswerParts<Context>,
  asked: Answering<Context>,
  fold: (events: readonly StreamEvent[], mode: AppMode) => object,
): Promise<Response> {
  const { encode } = await encoderOf(parts, asked.call, { run: asked.stream.run, userId: asked.userId })
  return asked.mode === 'blocking' ? answerAtOnce(parts, asked, { encode, fold }) : answerAsStream(parts, asked, encode)
}

/** What stands for the graph of an app. */
export const workflowIdOf = ({ appId = '' }: Pick<Call<never>, 'appId'>): Promise<string> => uuidOf(`workflow ${appId}`)

/** What tells the events of a run. `record`: of one that began before. */
export async function encoderOf<Context>(
  { engine, clock }: Pick<AnswerParts<Context>, 'engine' | 'clock'>,
  call: Call<Context>,
  { run, userId, record }: { run: RunStream['run']; userId: string; record?: RunRecord },
): Promise<RunEncoder> {
  const mode = modeOf(call)
  const graph = isGraph(mode) && {
    workflowId: await workflowIdOf(call),
    inputs: inputsOf((await engine.readThread(call, run.threadId)).thread, call.app.inputs ?? []),
    startedAt: record ? new Date(record.created_at) : clock.now(),
    before: record?.steps ?? [],
  }
  return createRunEncoder({
    mode,
    run,
    userId,
    ...(graph && { graph }),
    now: () => clock.now(),
    newId: () => crypto.randomUUID(),
  })
}

/** Whoever leaves a graph may come back to it; any other answer ends with its reader. */
function answerAsStream<Context>(
  { engine, report }: AnswerParts<Context>,
  { request, context, call, stream }: Omit<Answering<Context>, 'userId' | 'mode'>,
  encode: RunEncoder['encode'],
): Response {
  const tell = (thrown: unknown) => report(thrown, request, context.requestId)
  const { hear, heard } = createListener()
  const speak = async () => {
    const spoken = heard()
    if (!spoken) return []
    try {
      const audio = await engine.speak(call, { text: spoken.text, ...call.speech })
      return Array.from(encodeSpeech(audio, spoken), encodeSse)
    } catch (thrown) {
      tell(thrown) // it was written all the same
      return []
    }
  }
  const writer = writeRun(stream, {
    encode: (entries) =>
      entries.flatMap(({ event }) =>
        encode(event).map((one) => {
          hear(one)
          return encodeSse(one)
        }),
      ),
    heartbeat: PING,
    canReturn: isGraph(modeOf(call)),
    broken: BROKEN,
    behind: call.speech && call.app.speak && speak,
    report: tell,
  })
  return eventStreamResponse(writer)
}

/** Waits for the end of the answer, and for no longer than its caller does. */
async function answerAtOnce<Context>(
  { engine, clock, blockingMs }: AnswerParts<Context>,
  { request, call, stream }: Answering<Context>,
  { encode, fold }: Pick<RunEncoder, 'encode'> & { fold(events: readonly StreamEvent[], mode: AppMode): object },
): Promise<Response> {
  const mode = modeOf(call)
  const waiting = { signal: request.signal, waitMs: blockingMs, clock, canReturn: isGraph(mode) }
  const { events, isLate } = await awaitRun(engine, { call, stream }, waiting)
  const answered = isLate ? lateBody(blockingMs) : fold(events.flatMap(encode), mode)
  return Response.json(answered, {
    status: 'status' in answered && typeof answered.status === 'number' ? answered.status : 200,
  })
}

const lateBody = (ms: number) => ({
  code: 'gateway_timeout',
  message: `The answer took longer than ${ms / 1000} seconds. What was written is kept. Ask with response_mode "streaming".`,
  status: 504,
})
