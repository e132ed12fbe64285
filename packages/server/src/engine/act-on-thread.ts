import { ParleyError, type StructuredInputSubmission, type ThreadItem, type UserMessageInput } from '@parley/protocol'
import type { Call, Engine, HistoryChange, HistoryMessage, MessageOptions, RunStream } from './engine.js'
import { loadItems } from './load-items.js'
import { notesOf } from './notes.js'
import { placesOf, START, type ThreadPlaces } from './thread-places.js'
import { isPaused } from './waiting-run.js'

/** What somebody wants done on a thread who may not know what stands in it. */
export type ThreadAction =
  /** A person's message, what was said before it as far as that is news, and variables that change with it. */
  | {
      type: 'message'
      input: UserMessageInput
      messageId?: string | undefined
      history?: HistoryMessage[]
      state?: Record<string, unknown>
    }
  /** The output of a tool that ran at the client. */
  | { type: 'tool_output'; callId: string; output: unknown }
  /** The answer to whatever the thread waits for, and what changes before the app hears it. */
  | {
      type: 'answer'
      read(question: ThreadItem): GivenAnswer
      change?: HistoryChange | undefined
      /** It says no more than yes: where nothing was asked, a paused run goes on. */
      goesOn?: boolean
      /** The run that is to have asked. Absent: whichever did. */
      runId?: string | undefined
    }
  /** The message that a run answered is answered once more. Absent: the last one. */
  | { type: 'retry'; runId?: string | undefined }
  /** Nothing new but variables: a run that was paused goes on, or the last message is answered once more. */
  | { type: 'continue'; state?: Record<string, unknown> }

/** To a call of a tool its output, to a form its answers. */
export type GivenAnswer = { output: unknown } | { input: StructuredInputSubmission }

/** While the thread is busy, and `whenBusy` says nothing, a message is refused and an answer waits. */
export interface ActOptions extends Omit<MessageOptions, 'messageId' | 'history' | 'behind'> {
  /** Where it goes on from. Absent, as `undefined`: at the end. @throws whatever says that there is no such place */
  placeIn?(places: ThreadPlaces): string | undefined
}

/** Where it is done. */
export interface Act<Context> {
  engine: Engine<Context>
  call: Call<Context>
  threadId: string
  options: ActOptions
}

/** Carries an action out on a thread. @throws {ParleyError} before anything is written */
export async function actOnThread<Context>(act: Act<Context>, action: ThreadAction): Promise<RunStream> {
  if (action.type === 'message') return say(act, action)
  if (action.type === 'continue') return goOn(act, action.state)
  if (action.type === 'retry') return retry(act, action)
  const { engine, call, threadId, options } = act
  const question = await questionOn(act, action.type === 'answer' ? action.runId : undefined)
  if (action.type === 'tool_output') {
    if (question?.type !== 'client_tool_call' || question.call_id !== action.callId)
      throw new ParleyError('conflict', `No call "${action.callId}" waits for its output in this thread.`)
    return engine.addClientToolOutput(call, threadId, action.output, options)
  }
  if (!question && action.goesOn && !action.change && (await isPausedOn(act))) return goOn(act)
  if (!question)
    throw new ParleyError('conflict', 'Nothing waits for an answer in this thread: there is nothing to resume.')
  const given = action.read(question)
  if (action.change) await engine.changeHistory(call, threadId, action.change)
  return 'input' in given
    ? engine.addStructuredInput(call, threadId, { itemId: question.id, input: given.input }, options)
    : engine.addClientToolOutput(call, threadId, given.output, options)
}

async function say<Context>(
  act: Act<Context>,
  { input, messageId, history = [], state = {} }: Extract<ThreadAction, { type: 'message' }>,
): Promise<RunStream> {
  const { engine, call, threadId, options } = act
  // Where nothing of the thread is named there is nothing to look for.
  const isNaming = options.placeIn !== undefined || messageId !== undefined || history.length > 0
  const { known, behind } = isNaming ? await placeOf(act) : END
  const isNew = (id: string | undefined) => id === undefined || !known.has(id)
  if (Object.keys(state).length > 0) await engine.noteOnThread(call, threadId, { state })
  return engine.addUserMessage(call, threadId, input, {
    ...options,
    whenBusy: options.whenBusy ?? 'reject',
    messageId: isNew(messageId) ? messageId : undefined,
    history: history.filter(({ id }) => isNew(id)),
    behind,
  })
}

async function goOn<Context>(act: Act<Context>, state: Record<string, unknown> = {}): Promise<RunStream> {
  const { engine, call, threadId, options } = act
  const { items, behind } = await placeOf(act)
  const { thread, run } = await engine.readThread(call, threadId)
  const note = async () => {
    if (Object.keys(state).length > 0) await engine.noteOnThread(call, threadId, { state })
  }
  if (behind === undefined && run && isPaused(run)) {
    if (options.delayMs) throw new ParleyError('invalid_request', 'A paused run goes on at once: leave the delay out.')
    await note()
    return engine.goOn(call, threadId, options)
  }
  const last = items.at(-1)
  if (last?.type !== 'user_message' || notesOf(thread).marks?.[last.id]?.answered)
    throw new ParleyError('conflict', 'There is nothing to answer in this thread: send a message.')
  await note()
  return engine.retryAfterItem(call, threadId, last.id, { ...options, whenBusy: options.whenBusy ?? 'reject' })
}

async function isPausedOn<Context>({ engine, call, threadId }: Act<Context>): Promise<boolean> {
  const { run } = await engine.readThread(call, threadId)
  return run !== undefined && isPaused(run)
}

async function retry<Context>(
  act: Act<Context>,
  { runId }: Extract<ThreadAction, { type: 'retry' }>,
): Promise<RunStream> {
  const { engine, call, threadId, options } = act
  const itemId = (runId !== undefined && (await answeredBy(act, runId))) || (await lastMessage(act))
  return engine.retryAfterItem(call, threadId, itemId, { ...options, whenBusy: options.whenBusy ?? 'reject' })
}

/** The message that a run answered; `undefined` for one that was set off by something else. */
async function answeredBy<Context>({ engine, call, threadId }: Act<Context>, runId: string) {
  const { trigger } = await engine.readRun(call, threadId, runId)
  return trigger.type === 'user_message' || trigger.type === 'retry' ? trigger.item_id : undefined
}

async function lastMessage<Context>({ engine, call, threadId }: Act<Context>): Promise<string> {
  const items = await loadItems(engine, call, threadId)
  const asked = items.findLast(({ type }) => type === 'user_message')
  if (asked) return asked.id
  throw new ParleyError('conflict', 'There is nothing to answer in this conversation: send a message.')
}

/** The item whose answer the thread's run waits for. @throws {ParleyError} `conflict` when that run is another one */
async function questionOn<Context>(
  { engine, call, threadId }: Act<Context>,
  runId: string | undefined,
): Promise<ThreadItem | undefined> {
  const { run } = await engine.readThread(call, threadId)
  if (runId !== undefined && run?.id !== runId)
    throw new ParleyError('conflict', `The run "${runId}" does not wait for an answer.`)
  if (run?.status !== 'waiting') return undefined
  const items = await loadItems(engine, call, threadId)
  return items.find(({ id }) => id === run.waiting_item_id)
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

const END: Pick<Place, 'known' | 'behind'> = { known: new Set() }

/** A place that is not the newest is a fork: what came after it stays as a branch. */
async function placeOf<Context>({ engine, call, threadId, options }: Act<Context>): Promise<Place> {
  const branches = await engine.readBranches(call, threadId)
  const known = new Set([...branches.items, ...branches.left.map(({ item }) => item)].map(({ id }) => id))
  const places = placesOf(branches)
  const at = options.placeIn?.(places)
  if (at === undefined || at === places.head) return { items: branches.items, known }
  return { items: places.itemsUpTo(at) ?? [], known, behind: at === START ? null : at }
}
