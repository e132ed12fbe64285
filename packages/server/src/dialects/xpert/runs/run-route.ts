import { ParleyError } from '@parley/protocol'
import type { StreamLanguage } from '@parley/protocol/admin'
import type { Clock } from '../../../base/clock.js'
import { type Act, actOnThread } from '../../../engine/act-on-thread.js'
import { quietCall } from '../../../engine/caller-threads.js'
import type { Call, RunRecord, RunStream } from '../../../engine/engine.js'
import { loadItems } from '../../../engine/load-items.js'
import { readSurroundings } from '../../../engine/run-surroundings.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import { onWantedThread } from '../../../engine/wanted-thread.js'
import { decodeChatAct } from '../chat/decode-act.js'
import { clientMessageIdOf, languageIn } from '../chat/decode-kept.js'
import { createChatEncoder } from '../chat/encode-stream.js'
import { decodeForm, decodeLanguage } from '../decode-language.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { decodeGraphInput, decodeModes, withContext } from './decode.js'
import { decodeBreakpoints } from './decode-breakpoints.js'
import { decodeOptions } from './decode-options.js'
import { encodeEnd } from './encode-end.js'
import { createEventEncoder, type EventEncoder } from './encode-events.js'
import { keptKeysSchema, type RunBody, type StreamMode } from './schema.js'

/** A run that has started, and what it is read with. */
export interface OpenRun<Context> {
  call: Call<Context>
  owned: OwnedThread
  stream: RunStream
  /** The thread is the run's own, and goes with it. */
  passing: boolean
  /** What it is read in. */
  language: StreamLanguage
}

interface NewRun {
  /** `null`: one of its own. */
  threadId: string | null
  body: RunBody
  /** That of the address it was asked for at. Absent: the body's form says it. */
  language?: StreamLanguage
}

/** Starts a run on a thread, or with `null` on one of its own. Nothing is written before the request is known to be good. */
export async function startRun<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  { threadId, body, language }: NewRun,
): Promise<OpenRun<Context>> {
  const call = await caller.callTo(body.assistant_id)
  const webhook = webhookOf(parts, caller, body)
  const { appId = '' } = call
  const said = (await caller.languageOf(appId)) ?? language
  const act = decodeAct(body, said)
  const breakpoints = await decodeBreakpoints(call, body)
  const passing = threadId === null && body.on_completion !== 'keep' && body.on_completion !== 'continue'
  const wanted = { threadId, appId, isMade: body.if_not_exists === 'create' }
  return onWantedThread(parts, caller, wanted, async (owned) => {
    const kept = { appId, passing, language: decodeLanguage(body, said) }
    const options = { ...decodeOptions(body, kept), ...breakpoints, webhook }
    const stream = await act({ engine: parts.engine, call, threadId: owned.thread.id, options })
    return { call, owned, stream, passing, language: said ?? languageIn(stream.run) }
  })
}

/** Where a server is called is for servers to say. @throws {ParleyError} `forbidden`, `not_configured` */
function webhookOf<Context>(
  { takesWebhooks }: XpertParts<Context>,
  { principal, publicUrl }: XpertCaller<Context>,
  { webhook: url }: Pick<RunBody, 'webhook'>,
) {
  if (!url) return undefined
  if (principal.session)
    throw new ParleyError('forbidden', 'webhook is for servers. Use an API key in place of the client secret.')
  if (!takesWebhooks)
    throw new ParleyError('not_configured', 'This server calls no webhooks: it reaches no other servers.')
  return { url, public_url: publicUrl }
}

/** What another server is told of a run of this API that has ended, or waits. */
export async function readEnd<Context>(
  { engine }: Pick<XpertParts<Context>, 'engine'>,
  caller: Pick<XpertCaller<Context>, 'contextIn'>,
  { run, owner: { appId } }: { run: RunRecord; owner: { appId: string } },
): Promise<Record<string, unknown>> {
  if (run.passing) return encodeEnd(run, { appId, found: undefined })
  const call = quietCall(caller, appId)
  const [head, items] = await Promise.all([
    engine.readThread(call, run.thread_id),
    loadItems(engine, call, run.thread_id),
  ]).catch((thrown: unknown) => {
    if (thrown instanceof ParleyError && thrown.code === 'thread_not_found') return []
    throw thrown
  })
  return encodeEnd(run, { appId, found: head && items && { thread: head.thread, items } })
}

/**
 * What a request wants done, by its form: what is said of the language decides only where the form might be of either.
 *
 * @throws {ParleyError} `invalid_request`
 */
export function decodeAct(
  body: RunBody,
  said: StreamLanguage | undefined,
): <Context>(act: Act<Context>) => Promise<RunStream> {
  if ((decodeForm(body) ?? said) !== 'xpert') {
    const action = decodeGraphInput(body)
    return (act) => actOnThread(act, withContext(action, act.call.app.inputs, body))
  }
  return decodeChatAct(body)
}

/** How somebody reads a run. */
export interface Reading {
  modes: ReadonlySet<StreamMode>
  /** From its first event on. */
  fromStart: boolean
}

/** What turns a run's events into what its reader gets, in the reader's language. */
export async function encoderOf<Context>(
  parts: XpertParts<Context>,
  open: OpenRun<Context>,
  reading: Reading,
): Promise<EventEncoder> {
  const { call, owned, stream, passing, language } = open
  if (language === 'langgraph') return graphEncoderOf(parts, open, reading)
  const { thread, run } = passing
    ? { thread: owned.thread, run: undefined }
    : await parts.engine.readThread(call, stream.run.threadId)
  return createChatEncoder({
    id: thread.id,
    title: thread.title,
    createdAt: thread.created_at,
    clientMessageId: clientMessageIdOf(stream.run),
    agentKey: owned.owner.appId,
    elapsedMs: () => (run?.id === stream.run.id ? elapsedMs(run, parts.clock) : undefined),
  })
}

/** A run that somebody waited for took longer than it worked: nobody knows how long. */
function elapsedMs({ attempt, created_at, ended_at }: RunRecord, clock: Clock): number | undefined {
  const end = ended_at === undefined ? clock.now().getTime() : Date.parse(ended_at)
  return attempt === 1 ? end - Date.parse(created_at) : undefined
}

/** The same in LangGraph's language, whatever the reader's is: what a run ends with is a state. */
export async function graphEncoderOf<Context>(
  { engine, feedback }: XpertParts<Context>,
  { call, owned, stream, passing }: Omit<OpenRun<Context>, 'language'>,
  { modes, fromStart }: Reading,
): Promise<EventEncoder> {
  const head = { modes, runId: stream.run.id, appId: owned.owner.appId }
  if (passing) return createEventEncoder({ ...head, thread: owned.thread, items: [] })
  const { data: kept } = keptKeysSchema.safeParse(stream.run.request)
  const [around, address] = await Promise.all([
    readSurroundings(engine, call, stream.run, { start: fromStart }),
    kept && feedback?.addressOf(stream.run, call.context),
  ])
  const addresses = address === undefined ? undefined : kept?.feedback_keys.map((key) => [key, address] as const)
  return createEventEncoder({ ...head, ...around, feedback: addresses && Object.fromEntries(addresses) })
}

/** The modes of a reader that does not say: those the run was started with. */
export const modesOf = (stream: RunStream, asked: string | string[] | undefined): Set<StreamMode> =>
  decodeModes(asked ?? (stream.run.request?.stream_mode as string[] | undefined)) // kept by `startRun`

/** Lets a run go on by itself. */
export async function stopReading<Context>({ stream }: Pick<OpenRun<Context>, 'stream'>): Promise<void> {
  await stream.entries[Symbol.asyncIterator]().return?.()
}
