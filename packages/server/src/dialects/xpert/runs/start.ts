import { ParleyError, type ThreadItem } from '@parley/protocol'
import type { Call, MessageOptions, RunStream } from '../../../engine/engine.js'
import { loadItems } from '../../../engine/load-items.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import { decodeLanguage } from '../decode-language.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { changeState } from '../threads/change-state.js'
import { checkpointsOf, unknownCheckpoint } from '../threads/checkpoints.js'
import { START } from '../threads/encode.js'
import { decodeModes, type RunAction } from './decode.js'
import { decodeAnswers, decodeToolOutput, withEditedCalls } from './decode-resume.js'
import type { RunBody } from './schema.js'
import { webhookOf } from './webhook.js'

/** What a start needs to know besides what is to be done. */
export interface RunStart<Context> {
  parts: XpertParts<Context>
  caller: XpertCaller<Context>
  call: Call<Context>
  owned: OwnedThread
  body: RunBody
  /** The thread was made for this run alone. */
  passing: boolean
}

/** Carries an action out on a thread. @throws {ParleyError} before anything is written */
export async function startRun<Context>(start: RunStart<Context>, action: RunAction): Promise<RunStream> {
  const { parts, call, owned } = start
  const { engine } = parts
  const threadId = owned.thread.id
  const options = optionsOf(start)
  if (action.type === 'message') {
    const { known, behind } = await placeOf(start)
    const isNew = ({ id }: { id?: string | undefined }) => id === undefined || !known.has(id)
    if (Object.keys(action.state).length > 0) await engine.noteOnThread(call, threadId, { state: action.state })
    const { id, text, files } = action.message
    return engine.addUserMessage(
      call,
      threadId,
      { content: [{ type: 'input_text', text }], attachments: files, inference_options: {} },
      {
        ...options,
        messageId: isNew(action.message) ? id : undefined,
        history: action.history.filter(isNew),
        behind,
      },
    )
  }
  if (action.type === 'resume') return answerQuestion(start, action, options)
  if (action.type === 'continue') return answerAgain(start, options)
  const asking = await questionOn(start)
  if (asking?.type !== 'client_tool_call' || asking.call_id !== action.callId)
    throw new ParleyError('conflict', `No call "${action.callId}" waits for its output in this thread.`)
  return engine.addClientToolOutput(call, threadId, action.output, replying(start, options))
}

/** An answer, and what else a person changed before the run goes on. */
interface GivenAnswer {
  value: unknown
  toolCalls?: readonly unknown[] | undefined
  /** Values of the state. */
  update?: Record<string, unknown> | undefined
}

/** Answers what the thread waits for. @throws {ParleyError} `conflict`: it waits for nothing */
export async function answerQuestion<Context>(
  start: RunStart<Context>,
  { value: given, toolCalls = [], update }: GivenAnswer,
  options: MessageOptions,
): Promise<RunStream> {
  const { parts, call, owned } = start
  const { engine } = parts
  const threadId = owned.thread.id
  const asking = await questionOn(start)
  const value = valueFor(asking, given)
  const reply = replying(start, options)
  const changed = async () => update && changeState(parts, call, { threadId, values: update })
  if (asking?.type === 'client_tool_call') {
    const output = decodeToolOutput(asking, value)
    await changed()
    return engine.addClientToolOutput(call, threadId, output, reply)
  }
  if (asking?.type === 'structured_input') {
    const input = withEditedCalls(asking, decodeAnswers(asking, value), toolCalls)
    await changed()
    return engine.addStructuredInput(call, threadId, { itemId: asking.id, input }, reply)
  }
  throw new ParleyError('conflict', 'Nothing waits for an answer in this thread: there is nothing to resume.')
}

/** An answer that comes before the run that asked has ended waits for that. */
function replying<Context>({ body }: RunStart<Context>, options: MessageOptions): MessageOptions {
  if (body.after_seconds)
    throw new ParleyError('invalid_request', 'after_seconds delays a message. Send an answer when it is time.')
  return { ...options, whenBusy: body.multitask_strategy ?? 'enqueue' }
}

/** The item whose answer the thread's run waits for. */
async function questionOn<Context>({ parts, call, owned }: RunStart<Context>): Promise<ThreadItem | undefined> {
  const threadId = owned.thread.id
  const { run } = await parts.engine.readThread(call, threadId)
  if (run?.status !== 'waiting') return undefined
  const items = await loadItems(parts.engine, call, threadId)
  return items.find(({ id }) => id === run.waiting_item_id)
}

/** What a run is kept with: how it is shown to those who join it, and what a list of runs says. */
export function optionsOf<Context>(start: RunStart<Context>): MessageOptions {
  const { body, owned, passing } = start
  return {
    whenBusy: body.multitask_strategy ?? 'reject',
    passing,
    branching: true,
    pauses: (body.interrupt_before ?? []).length > 0,
    delayMs: (body.after_seconds ?? 0) * 1000 || undefined,
    whenEnded: webhookOf(start),
    metadata: body.metadata ?? undefined,
    request: {
      assistant_id: owned.owner.appId,
      stream_mode: [...decodeModes(body.stream_mode)],
      language: decodeLanguage(body),
      ...(body.feedback_keys?.length && { feedback_keys: body.feedback_keys }),
      ...(body.multitask_strategy && { multitask_strategy: body.multitask_strategy }),
    },
  }
}

/** Answers by the id of the interrupt are taken apart. */
function valueFor(asking: ThreadItem | undefined, value: unknown): unknown {
  if (!asking || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return asking.id in value ? (value as Record<string, unknown>)[asking.id] : value // an object that is no list
}

/** Nothing new was said: the message that stands last at the checkpoint is answered, once more if it was before. */
async function answerAgain<Context>(start: RunStart<Context>, options: MessageOptions): Promise<RunStream> {
  const { parts, call, owned } = start
  const { items, behind } = await placeOf(start)
  const { run } = await parts.engine.readThread(call, owned.thread.id)
  if (behind === undefined && run?.status === 'waiting' && run.waiting_item_id === undefined)
    return parts.engine.goOn(call, owned.thread.id, replying(start, options))
  const last = items.at(-1)
  if (last?.type !== 'user_message')
    throw new ParleyError('conflict', 'There is nothing to answer in this thread: send a message as input.messages.')
  return parts.engine.retryAfterItem(call, owned.thread.id, last.id, options)
}

/** Where a run goes on from. */
interface Place {
  /** What was said until then. */
  items: ThreadItem[]
  /** Ids of everything in the thread. */
  known: ReadonlySet<string>
  /** The item there, when it is not the newest; `null`: the beginning. */
  behind?: string | null
}

/** A checkpoint that is not the newest is a fork: what came after it stays as a branch. @throws {ParleyError} `invalid_request` */
async function placeOf<Context>({ parts, call, owned, body }: RunStart<Context>): Promise<Place> {
  const branches = await parts.engine.readBranches(call, owned.thread.id)
  const known = new Set([...branches.items, ...branches.left.map(({ item }) => item)].map(({ id }) => id))
  const at = body.checkpoint_id ?? body.checkpoint?.checkpoint_id ?? undefined
  const { head, itemsUpTo } = checkpointsOf(branches)
  if (at === undefined || at === head) return { items: branches.items, known }
  const items = itemsUpTo(at) ?? unknownCheckpoint(at)
  return { items, known, behind: at === START ? null : at }
}
