import { ParleyError, type ThreadMetadata } from '@parley/protocol'
import type { RunTrigger } from '../runnable/runnable.js'
import type { RunRecord, RunWrites } from '../storage/store.js'
import { makeRoom } from './concurrency.js'
import type { Call, RunStream, StartOptions } from './engine.js'
import { createKeyedLock } from './keyed-lock.js'
import { createLiveRun } from './live-run.js'
import { MemoryRunLog } from './memory-run-log.js'
import { type Parts, timestamp } from './parts.js'
import { followRun } from './resume.js'
import { type Opening, runToEnd } from './run-loop.js'
import { readLiveRun } from './run-stream.js'

/** Everything a start stores and says, checked and complete: from here on only the store can fail. */
export interface StartPlan {
  thread: ThreadMetadata
  trigger: RunTrigger
  writes: RunWrites
  opening: Opening
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
  prepare(): Promise<StartPlan | ReadyAnswer>
}

/** Starts runs, one at a time per thread. */
export interface Starter<Context> {
  startNew(call: Call<Context>, plan: StartPlan, options: StartOptions): Promise<RunStream>
  startOn(start: ThreadStart<Context>): Promise<RunStream>
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
  let refusing = false

  const checkOpen = () => {
    if (!refusing) return
    const details = { retry_after: RETRY_AFTER_SECONDS }
    throw new ParleyError('unavailable', 'The server is shutting down. Try again in a moment.', { details })
  }

  /** The stream, or the run that has to end first. */
  const tryStart = ({ call, threadId, options, prepare }: ThreadStart<Context>) =>
    alone(threadId, async () => {
      checkOpen()
      const known = parts.runs.findByRequest(threadId, options.requestId)
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
      return { stream: await launch(parts, call, plan, options) }
    })

  const startInTurn = async (start: ThreadStart<Context>): Promise<RunStream> => {
    for (;;) {
      const { stream, waitFor } = await tryStart(start)
      if (stream) return stream
      await waitFor
    }
  }

  return {
    alone,
    startNew(call, plan, options) {
      checkOpen()
      return launch(parts, call, plan, options)
    },
    startOn: (start) =>
      start.options.whenBusy === 'enqueue' ? inQueue(start.threadId, () => startInTurn(start)) : startInTurn(start),
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

async function launch<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  plan: StartPlan,
  options: StartOptions,
): Promise<RunStream> {
  if (!plan.claims && !plan.writes.thread) await endWaitingRun(parts, call, plan.thread.id)
  const draft = plan.claims ? continuedRecord(plan.claims) : newRecord(parts, call, plan, options)
  const run = createLiveRun({
    record: draft,
    requestId: options.requestId,
    call,
    trigger: plan.trigger,
    thread: plan.thread,
    log: openLog(parts, draft),
  })
  for (const item of plan.writes.items ?? []) if (item.type === 'user_message') run.addedItemIds.add(item.id)
  const before = run.log.lastSequence
  parts.runs.add(run) // known before it is stored: the same request arriving again finds its log
  try {
    const started = plan.claims ? await claim(parts, call, plan) : await store(parts, call, plan, draft)
    if (!started.mine) {
      parts.runs.discard(run)
      return await followRun(parts, call, started.record, 0)
    }
    run.record = started.record
  } catch (thrown) {
    parts.runs.discard(run)
    throw thrown
  }
  run.log.reopen()
  const stream = readLiveRun(run, before) as RunStream // the log was opened for this very position
  void runToEnd(run, plan.opening, parts)
  return stream
}

async function store<Context>(parts: Parts<Context>, call: Call<Context>, plan: StartPlan, draft: RunRecord) {
  const { run, created } = await parts.store.startRun(draft, plan.writes, call.context)
  return { record: run, mine: created }
}

/** @throws {ParleyError} `item_not_pending` when somebody else's answer was first. */
async function claim<Context>(parts: Parts<Context>, call: Call<Context>, plan: StartPlan) {
  const record = plan.claims && (await parts.store.claimRun(plan.claims.id, plan.writes, call.context))
  if (record) return { record, mine: true }
  throw new ParleyError('item_not_pending', 'This was answered already, and the answer is being worked on.')
}

function newRecord<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  { thread, trigger, goesOnWith }: StartPlan,
  { requestId }: StartOptions,
): RunRecord {
  const item = trigger.type === 'action' ? trigger.sender : trigger.item
  return {
    id: parts.ids('run', { context, thread }),
    thread_id: thread.id,
    status: 'running',
    attempt: 1,
    ...(requestId !== undefined && { request_id: requestId }),
    trigger: { type: trigger.type, ...(item && { item_id: item.id }) },
    ...goesOnWith,
    last_sequence: 0,
    created_at: timestamp(parts),
  }
}

/** The waiting run as it will be once it is claimed. */
function continuedRecord({ waiting_item_id: _, ...waiting }: RunRecord): RunRecord {
  return { ...waiting, status: 'running', attempt: waiting.attempt + 1 }
}

function openLog<Context>(parts: Parts<Context>, { id, last_sequence }: RunRecord) {
  const kept = parts.runs.find(id)?.log
  return kept?.lastSequence === last_sequence ? kept : new MemoryRunLog(parts.ticks, last_sequence + 1)
}

/** A new start means that nobody will answer what the thread's last run waits for. The question stays as it is. */
async function endWaitingRun<Context>(parts: Parts<Context>, call: Call<Context>, threadId: string): Promise<void> {
  const latest = await parts.store.loadLatestRun(threadId, call.context)
  if (latest?.status !== 'waiting') return
  const ended: RunRecord = { ...latest, status: 'cancelled', ended_at: timestamp(parts) }
  await parts.store.endRun(ended, {}, call.context)
}
