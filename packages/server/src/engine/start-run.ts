import { ParleyError, type ThreadItem, type ThreadMetadata } from '@parley/protocol'
import { cloneJson } from '../base/json.js'
import type { RunTrigger } from '../runnable/runnable.js'
import type { RunRecord, RunWrites } from '../storage/store.js'
import { makeRoom } from './concurrency.js'
import type { Call, RunStream, StartOptions } from './engine.js'
import { createKeyedLock } from './keyed-lock.js'
import { createLiveRun, type LiveRun } from './live-run.js'
import { MemoryRunLog } from './memory-run-log.js'
import { type Parts, timestamp } from './parts.js'
import { isQueued, waitAndBegin } from './queued-runs.js'
import { followRun } from './resume.js'
import type { QueuedStart, RunAsk } from './run-ask.js'
import { type Opening, runToEnd } from './run-loop.js'
import { readLiveRun } from './run-stream.js'
import { answersMessage, isPaused } from './waiting-run.js'

/** Everything a start stores and says, checked and complete: from here on only the store can fail. */
export interface StartPlan {
  thread: ThreadMetadata
  trigger: RunTrigger
  writes: RunWrites
  opening: Opening
  /** For a start that turns into another branch: what a rollback writes, besides taking away what the run has added. */
  back?: RunWrites
  /** The waiting run this start continues; absent: a new run. */
  claims?: RunRecord
  /** What a new run goes on with: the checkpoint of one that was cut off. */
  goesOnWith?: Pick<RunRecord, 'checkpoint' | 'checkpoint_attempt' | 'checkpoint_item_ids'>
}

/** The answer to a request that needs no run. */
export interface ReadyAnswer {
  answer: RunStream
}

/** A start on a thread that exists. `prepare` reads and checks, and writes nothing. */
export interface ThreadStart<Context> {
  call: Call<Context>
  threadId: string
  options: StartOptions
  /** Of a run of its own, which can wait as `queued`. */
  ask?: RunAsk
  prepare(): Promise<StartPlan | ReadyAnswer>
}

/** Starts runs, one at a time per thread. */
export interface Starter<Context> {
  startNew(call: Call<Context>, plan: StartPlan, options: StartOptions): Promise<RunStream>
  startOn(start: ThreadStart<Context>): Promise<RunStream>
  /** Lets a run wait on that another server had accepted, or this one before it started again. */
  takeUp(start: ThreadStart<Context>, record: RunRecord, items: ThreadItem[]): Promise<void>
  /** Keeps starts on the thread out while `task` works on it. */
  alone<Result>(threadId: string, task: () => Promise<Result>): Promise<Result>
  /** No more starts from now on. */
  refuse(): void
}

/** By then another process answers, or this one has started again. */
const RETRY_AFTER_SECONDS = 2

export function createStarter<Context>(parts: Parts<Context>): Starter<Context> {
  const alone = createKeyedLock()
  const inQueue = createKeyedLock()
  const accepting = createKeyedLock()
  let refusing = false

  const checkOpen = () => {
    if (!refusing) return
    const details = { retry_after: RETRY_AFTER_SECONDS }
    throw new ParleyError('unavailable', 'The server is shutting down. Try again in a moment.', { details })
  }

  /** The stream, or the run that has to end first. */
  const tryStart = ({ call, threadId, options, prepare }: ThreadStart<Context>, queued?: LiveRun<Context>) =>
    alone(threadId, async () => {
      checkOpen()
      const known = queued ? undefined : parts.runs.findByRequest(threadId, options.requestId)
      if (known) return { stream: await followKnown(parts, call, known.record) }
      const activeBefore = parts.runs.activeOn(threadId)
      let plan = await prepare()
      if ('answer' in plan) return { stream: plan.answer }
      const active = parts.runs.activeOn(threadId)
      if (active && (await makeRoom(active, options.whenBusy ?? 'interrupt')) === 'wait') {
        return { waitFor: active.ended }
      }
      if (active || activeBefore) {
        plan = await prepare() // what the run left behind at its end is part of the thread now
        if ('answer' in plan) return { stream: plan.answer }
      }
      if (queued && !isQueued(queued)) return {} // somebody has stopped it meanwhile
      return { stream: await launch(parts, { call, plan, options, queued }) }
    })

  const startInTurn = async (start: ThreadStart<Context>): Promise<RunStream> => {
    for (;;) {
      const { stream, waitFor } = await tryStart(start)
      if (stream) return stream
      await waitFor
    }
  }

  /** Stores the run as it is accepted; it begins by itself. */
  const enqueue = async (start: ThreadStart<Context>): Promise<RunStream> => {
    const { call, threadId, options, prepare } = start
    checkOpen()
    const known = parts.runs.findByRequest(threadId, options.requestId)
    if (known) return followKnown(parts, call, known.record)
    const active = parts.runs.activeOn(threadId)
    if (active && options.whenBusy === 'reject') await makeRoom(active, 'reject')
    const plan = await prepare()
    if ('answer' in plan) return plan.answer
    const queued = queuedStart(parts, start)
    const record: RunRecord = { ...newRecord(parts, call, plan, options), status: 'queued', ...(queued && { queued }) }
    const stored = await parts.store.startRun(record, {}, call.context)
    if (!stored.created) return followRun(parts, call, stored.run, 0)
    const items = plan.trigger.type === 'user_message' ? [plan.trigger.item] : []
    await parts.store.savePartials([{ runId: record.id, attempt: record.attempt, items }])
    return letWait(start, { record, plan, items })
  }

  const letWait = (
    start: ThreadStart<Context>,
    { record, plan, items }: { record: RunRecord; plan: StartPlan; items: ThreadItem[] },
  ): RunStream => {
    const { call, options } = start
    const run = liveRunOf(parts, { record, call, plan, options })
    parts.runs.enqueue(run)
    const stream = readLiveRun(run, 0) as RunStream // the log is new
    void waitAndBegin({ run, options, items, begin: () => inTurn(run, start) }, parts)
    return stream
  }

  const inTurn = (run: LiveRun<Context>, start: ThreadStart<Context>) =>
    inQueue(start.threadId, async () => {
      const { whenBusy } = start.options
      const options = { ...start.options, whenBusy: whenBusy === 'reject' ? ('enqueue' as const) : whenBusy }
      while (isQueued(run)) {
        const { waitFor } = await tryStart({ ...start, options }, run)
        await Promise.race([waitFor, run.ended])
      }
    })

  return {
    alone,
    startNew(call, plan, options) {
      checkOpen()
      return launch(parts, { call, plan, options })
    },
    startOn(start) {
      const { threadId, options, ask } = start
      if (ask && options.delayMs) return accepting(threadId, () => enqueue(start))
      if (options.whenBusy !== 'enqueue') return startInTurn(start)
      if (!ask) return inQueue(threadId, () => startInTurn(start))
      const mustWait = () => parts.runs.activeOn(threadId) || parts.runs.queuedOn(threadId).length > 0
      return accepting(threadId, () => (mustWait() ? enqueue(start) : startInTurn(start)))
    },
    async takeUp(start, record, items) {
      const plan = await start.prepare()
      if (!('answer' in plan)) letWait(start, { record, plan, items })
    },
    refuse() {
      refusing = true
    },
  }
}

/** What this request started before, for the owner of its thread. */
async function followKnown<Context>(parts: Parts<Context>, call: Call<Context>, record: RunRecord): Promise<RunStream> {
  await parts.store.loadThread(record.thread_id, call.context)
  return followRun(parts, call, record, 0)
}

interface Launch<Context> {
  call: Call<Context>
  plan: StartPlan
  options: StartOptions
  /** The run that was accepted before. Absent: a new one. */
  queued?: LiveRun<Context> | undefined
}

async function launch<Context>(parts: Parts<Context>, start: Launch<Context>): Promise<RunStream> {
  const { capacity } = start.call
  if (!capacity) return begin(parts, start)
  const giveBack = await takePlace(parts.peers, capacity, start.plan)
  try {
    return await begin(parts, start, giveBack)
  } catch (thrown) {
    giveBack()
    throw thrown
  }
}

/** A run that waited for a person has been let in before. @throws {ParleyError} `rate_limited` when as many runs as may go on do */
async function takePlace<Context>(
  peers: Parts<Context>['peers'],
  { key, most }: NonNullable<Call<Context>['capacity']>,
  { claims }: StartPlan,
): Promise<() => void> {
  const giveBack = await peers.takePlace(key, claims ? undefined : most)
  if (giveBack) return giveBack
  const message = `This app is writing ${most} ${most === 1 ? 'answer' : 'answers'} already, and may write no more at once. Try again in a moment.`
  throw new ParleyError('rate_limited', message, {
    details: { retry_after: RETRY_AFTER_SECONDS, scope: 'app', window: 'now' },
  })
}

async function begin<Context>(
  parts: Parts<Context>,
  { call, plan, options, queued }: Launch<Context>,
  onEnd?: () => void,
): Promise<RunStream> {
  if (!plan.claims && !plan.writes.thread) await endWaitingRun(parts, call, plan.thread.id)
  const record = plan.claims ? continuedRecord(plan.claims) : newRecord(parts, call, plan, options)
  const run = queued ? begun(queued, plan) : liveRunOf(parts, { record, call, plan, options })
  const draft = run.record
  for (const id of newMessageIds(plan.writes)) run.addedItemIds.add(id)
  run.back = plan.back
  if (onEnd) void run.ended.then(onEnd)
  const before = run.log.lastSequence
  parts.runs.add(run) // known before it is stored: the same request arriving again finds its log
  try {
    const started = plan.claims
      ? await claim(parts, call, plan)
      : await (queued ? beginQueued : store)(parts, call, plan, draft)
    if (!started.mine) {
      parts.runs.discard(run)
      return await followRun(parts, call, started.record, 0)
    }
    run.record = started.record
  } catch (thrown) {
    if (queued)
      queued.record = { ...queued.record, status: 'queued' } // its end is still to be told
    else parts.runs.discard(run)
    throw thrown
  }
  run.log.reopen()
  const stream = readLiveRun(run, before) as RunStream // the log was opened for this very position
  parts.runs.announce(run, before)
  void runToEnd(run, plan.opening, parts)
  return stream
}

/** Of what a start writes, what a rollback takes away: the messages that were not in the thread or one of its branches. */
const newMessageIds = ({ items = [], returnedItemIds = [] }: RunWrites): string[] =>
  items.flatMap(({ type, id }) => (type === 'user_message' && !returnedItemIds.includes(id) ? [id] : []))

async function store<Context>(parts: Parts<Context>, call: Call<Context>, plan: StartPlan, draft: RunRecord) {
  const { run, created } = await parts.store.startRun(draft, plan.writes, call.context)
  return { record: run, mine: created }
}

/** One server begins it. @throws {ParleyError} `run_not_found` when it was deleted meanwhile */
async function beginQueued<Context>(parts: Parts<Context>, call: Call<Context>, plan: StartPlan, draft: RunRecord) {
  if (await parts.store.beginRun(draft, plan.writes, call.context)) return { record: draft, mine: true }
  return { record: await parts.store.loadRun(draft.id, call.context), mine: false }
}

/** `undefined`: it cannot outlive this server. */
function queuedStart<Context>(
  { calls, clock }: Parts<Context>,
  { call, ask, options: { whenBusy, branching, pauses, breakpoints, delayMs } }: ThreadStart<Context>,
): QueuedStart | undefined {
  if (!calls || !ask) return undefined
  const due_at = delayMs && new Date(clock.now().getTime() + delayMs).toISOString()
  return {
    ask,
    options: { whenBusy, branching, pauses, breakpoints },
    ...(due_at && { due_at }),
    call: calls.keep(call),
  }
}

/** @throws {ParleyError} `item_not_pending` when somebody else's answer was first. */
async function claim<Context>(parts: Parts<Context>, call: Call<Context>, plan: StartPlan) {
  const record = plan.claims && (await parts.store.claimRun(plan.claims.id, plan.writes, call.context))
  if (record) return { record, mine: true }
  throw new ParleyError('item_not_pending', 'This was answered already, and the answer is being worked on.')
}

function liveRunOf<Context>(
  parts: Parts<Context>,
  { record, call, plan, options }: Launch<Context> & { record: RunRecord },
): LiveRun<Context> {
  return createLiveRun({
    record,
    requestId: options.requestId,
    passing: record.passing ?? false,
    pauses: options.pauses === true && plan.claims === undefined,
    breakpoints: answersMessage(record) ? options.breakpoints : undefined, // no other could go on
    call,
    trigger: plan.trigger,
    thread: plan.thread,
    log: plan.claims && isPaused(plan.claims) ? newLog(parts, record) : openLog(parts, record),
  })
}

/** A queued run whose turn has come: what it is about is as it stands now. */
function begun<Context>(run: LiveRun<Context>, { thread, trigger, goesOnWith }: StartPlan): LiveRun<Context> {
  run.thread = cloneJson(thread)
  run.savedThread = cloneJson(thread)
  run.trigger = trigger
  const { queued: _, ...record } = run.record
  run.record = { ...record, ...goesOnWith, status: 'running', trigger: storedTrigger(trigger) }
  run.checkpoint = run.record.checkpoint
  return run
}

function storedTrigger(trigger: RunTrigger): RunRecord['trigger'] {
  const item = trigger.type === 'action' ? trigger.sender : trigger.item
  return { type: trigger.type, ...(item && { item_id: item.id }) }
}

function newRecord<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  { thread, trigger, goesOnWith }: StartPlan,
  { requestId, metadata, request, passing, webhook }: StartOptions,
): RunRecord {
  return {
    id: parts.ids('run', { context, thread }),
    thread_id: thread.id,
    status: 'running',
    attempt: 1,
    ...(requestId !== undefined && { request_id: requestId }),
    trigger: storedTrigger(trigger),
    ...(metadata && { metadata }),
    ...(request && { request }),
    ...(passing && { passing }),
    ...(webhook && { webhook }),
    ...goesOnWith,
    last_sequence: 0,
    created_at: timestamp(parts),
  }
}

/** The waiting run as it will be once it is claimed. */
function continuedRecord({ waiting_item_id: _, ...waiting }: RunRecord): RunRecord {
  return { ...waiting, status: 'running', attempt: waiting.attempt + 1 }
}

/** What was taken back of a run that was paused is shown to nobody who joins it later. */
const newLog = <Context>(parts: Parts<Context>, { last_sequence }: RunRecord) =>
  new MemoryRunLog(parts.ticks, last_sequence + 1)

function openLog<Context>(parts: Parts<Context>, record: RunRecord) {
  const kept = parts.runs.find(record.id)?.log
  return kept?.lastSequence === record.last_sequence ? kept : newLog(parts, record)
}

/** A new start means that nobody will answer what the thread's last run waits for. The question stays as it is. */
async function endWaitingRun<Context>(parts: Parts<Context>, call: Call<Context>, threadId: string): Promise<void> {
  const latest = await parts.store.loadLatestRun(threadId, call.context)
  if (latest?.status !== 'waiting') return
  const { webhook: _, ...told } = latest // that it waits
  const ended: RunRecord = { ...told, status: 'cancelled', ended_at: timestamp(parts) }
  await parts.store.endRun(ended, {}, call.context)
}
