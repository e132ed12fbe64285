import { ParleyError } from '@parley/protocol'
import { quietCall, threadOf } from '../../../engine/caller-threads.js'
import type { Call, RunRecord, RunStream } from '../../../engine/engine.js'
import { loadItems } from '../../../engine/load-items.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import { isOfChat } from '../chat/start.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { decodeModes } from './decode.js'
import { createEventEncoder, type EventEncoder } from './encode-events.js'
import { feedbackOf } from './feedback.js'
import { chatEncoderOf, planRun } from './languages.js'
import type { RunBody, StreamMode } from './schema.js'
import { assertWebhook } from './webhook.js'

/** A run that has started, and what it is read with. */
export interface OpenRun<Context> {
  call: Call<Context>
  owned: OwnedThread
  stream: RunStream
  /** The thread is the run's own, and goes with it. */
  passing: boolean
}

/**
 * Starts a run on a thread, or with `null` on one of its own. Nothing is written before the request is known to be good;
 * a thread that was made for a run that cannot start goes again.
 */
export async function openRun<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  { threadId, body }: { threadId: string | null; body: RunBody },
): Promise<OpenRun<Context>> {
  const call = await caller.callTo(body.assistant_id)
  assertWebhook(parts, caller, body)
  const begin = planRun(body)
  const { owned, isNew } = await placeOf(parts, caller, { threadId, body, call })
  const passing = threadId === null && body.on_completion !== 'keep' && body.on_completion !== 'continue'
  try {
    const stream = await begin({ parts, caller, call, owned, body, passing })
    return { call, owned, stream, passing }
  } catch (thrown) {
    if (isNew) await parts.engine.deleteThread(call, owned.thread.id)
    throw thrown
  }
}

/** The thread a run is to be on, and bound to its app. */
async function placeOf<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  { threadId, body, call }: { threadId: string | null; body: RunBody; call: Call<Context> },
): Promise<{ owned: OwnedThread; isNew: boolean }> {
  const { appId = '' } = call
  const make = async (id: string) => {
    const { thread } = await parts.engine.createThread(quietCall(caller, appId), { id })
    const { workspaceId, userId } = caller.principal
    return { owned: { thread, owner: { workspaceId, userId, appId } }, isNew: true }
  }
  if (threadId === null) return make(crypto.randomUUID())
  try {
    const { owned } = await threadOf(parts, caller, threadId)
    return { owned: await parts.threads.bind(owned, appId), isNew: false }
  } catch (thrown) {
    const isMissing = thrown instanceof ParleyError && thrown.code === 'thread_not_found'
    if (isMissing && body.if_not_exists === 'create') return make(threadId)
    throw thrown
  }
}

/** A run with what its reader reads it by. One that has not begun is read with what its thread holds when it does. */
export async function readable(
  stream: RunStream,
  makeEncoder: () => Promise<EventEncoder>,
): Promise<{ stream: RunStream; encode: EventEncoder }> {
  if (!stream.run.isQueued) return { stream, encode: await makeEncoder() }
  let encode: EventEncoder = () => []
  async function* entries() {
    let hasBegun = false
    for await (const batch of stream.entries) {
      if (!hasBegun) encode = await makeEncoder()
      hasBegun = true
      yield batch
    }
  }
  return { stream: { ...stream, entries: entries() }, encode: (event) => encode(event) }
}

/** How somebody reads a run. */
export interface Reading {
  modes: ReadonlySet<StreamMode>
  /** From its first event on. */
  fromStart: boolean
}

/** What turns a run's events into what its reader gets, in the language the run was started in. */
export async function encoderOf<Context>(
  parts: XpertParts<Context>,
  open: OpenRun<Context>,
  reading: Reading,
): Promise<EventEncoder> {
  const { call, owned, stream, passing } = open
  if (!isOfChat(stream.run)) return graphEncoderOf(parts, open, reading)
  const thread = passing ? owned.thread : (await parts.engine.readThread(call, stream.run.threadId)).thread
  return chatEncoderOf(stream.run, thread, owned.owner.appId)
}

/** The same in LangGraph's language, whatever the run was started in: what a run ends with is a state. */
export async function graphEncoderOf<Context>(
  { engine, feedback: addresses }: XpertParts<Context>,
  { call, owned, stream, passing }: OpenRun<Context>,
  { modes, fromStart }: Reading,
): Promise<EventEncoder> {
  const { id: runId, threadId, attempt } = stream.run
  const head = { modes, runId, appId: owned.owner.appId }
  if (passing) return createEventEncoder({ ...head, thread: owned.thread, items: [] })
  const [{ thread }, items, run, feedback] = await Promise.all([
    engine.readThread(call, threadId),
    loadItems(engine, call, threadId),
    engine.readRun(call, threadId, runId),
    feedbackOf(addresses, stream.run, call.context),
  ])
  const before = attempt === 1 || fromStart ? itemsBefore(run, items) : items
  return createEventEncoder({ ...head, thread, items: before, feedback })
}

/** What stood in the thread before a run added to it. */
function itemsBefore<Item extends { id: string }>({ trigger }: RunRecord, items: Item[]): Item[] {
  const place = items.findIndex(({ id }) => id === trigger.item_id)
  return place < 0 ? items : items.slice(0, place + (trigger.type === 'user_message' ? 0 : 1))
}

/** The modes of a reader that does not say: those the run was started with. */
export const modesOf = (stream: RunStream, asked: string | string[] | undefined): Set<StreamMode> =>
  decodeModes(asked ?? (stream.run.request?.stream_mode as string[] | undefined)) // kept by `startRun`
