import type {
  ErrorEvent,
  FoundPassage,
  RunEvent,
  RunUsage,
  RunWaitingEvent,
  ThreadItem,
  ThreadMetadata,
} from '@parley/protocol'
import { cloneJson } from '../base/json.js'
import type { ModelCost, RecordedRun, Span } from '../base/trace.js'
import type { RunTrigger, ToolBreakpoints } from '../runnable/runnable.js'
import type { RunRecord, RunWrites } from '../storage/store.js'
import type { Call } from './engine.js'
import { NodeSpans } from './node-spans.js'
import { PendingItems } from './pending-items.js'
import type { RunLog } from './run-log.js'
import { RunSteps } from './run-steps.js'
import { StopSwitch } from './stop-switch.js'

/** An item that is done and not stored yet, and what is told once it is. */
export interface HeldItem {
  item: ThreadItem
  told: RunEvent[]
  /** Being stored on its own, because the run did not end with it. */
  storing?: Promise<void>
}

/** A run in this process, from its start until its last event. */
export interface LiveRun<Context> {
  record: RunRecord
  /** The key of the request that started this attempt. */
  readonly requestId: string | undefined
  readonly call: Call<Context>
  /** Its thread goes with it. */
  readonly passing: boolean
  /** It waits before the app has its turn. */
  readonly pauses: boolean
  /** It waits before these tools are called. */
  readonly breakpoints: ToolBreakpoints | undefined
  /** Its app has come to where it waits to be told to go on. */
  isPausing: boolean
  /** Like the thread, as of its beginning: while it is queued both may change. */
  trigger: RunTrigger
  /** The app changes this one; `savedThread` is how it was last stored and told. */
  thread: ThreadMetadata
  savedThread: ThreadMetadata
  readonly log: RunLog
  readonly pending: PendingItems
  /** Stored with the end of the run, or when this tick is over; see `holdItem`. */
  held: HeldItem | undefined
  readonly stop: StopSwitch
  /** Ids of the items this run has added to the thread, its user message included. */
  readonly addedItemIds: Set<string>
  /** What a rollback writes besides: the branch that the run's start has left comes back. */
  back: RunWrites | undefined
  /** Ids of items of this run that nobody may see. */
  readonly hiddenItemIds: Set<string>
  /** What has to be answered before the run can go on, by item id; the newest counts. */
  readonly questions: Map<string, RunWaitingEvent['reason']>
  usage: RunUsage | undefined
  /** What its app told has gone wrong, with nothing said behind it. */
  failure: ErrorEvent | undefined
  /** What its nodes and tools have done, in all attempts. */
  readonly steps: RunSteps
  /** What this attempt has found in knowledge. */
  readonly passages: FoundPassage[]
  /** What the models of this attempt have cost so far, as far as prices are known. */
  cost: ModelCost | undefined
  /** Milliseconds until the first words of this attempt. */
  firstTextMs: number | undefined
  /** What this attempt does, where that is kept. */
  recorded: RecordedRun | undefined
  /** This attempt, in whatever traces there are. */
  span: Span | undefined
  readonly nodeSpans: NodeSpans
  /** What is done once the run has ended. */
  readonly afterwards: ((signal: AbortSignal) => Promise<void>)[]
  /** What the app has kept to go on with. */
  checkpoint: unknown
  readonly readers: Set<object>
  /** A reader that is able to come back has left: nobody else's leaving ends the run. */
  awaited: boolean
  readonly ended: Promise<void>
  readonly markEnded: () => void
}

export function createLiveRun<Context>(start: {
  record: RunRecord
  requestId: string | undefined
  passing: boolean
  pauses: boolean
  breakpoints: ToolBreakpoints | undefined
  call: Call<Context>
  trigger: RunTrigger
  thread: ThreadMetadata
  log: RunLog
}): LiveRun<Context> {
  let markEnded: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    markEnded = resolve
  })
  return {
    ...start,
    thread: cloneJson(start.thread),
    savedThread: cloneJson(start.thread),
    isPausing: false,
    pending: new PendingItems(),
    held: undefined,
    stop: new StopSwitch(),
    addedItemIds: new Set(),
    back: undefined,
    hiddenItemIds: new Set(),
    questions: new Map(),
    usage: undefined,
    failure: undefined,
    steps: new RunSteps(start.record.steps),
    passages: [],
    cost: undefined,
    firstTextMs: undefined,
    recorded: undefined,
    span: undefined,
    nodeSpans: new NodeSpans(),
    afterwards: [],
    checkpoint: start.record.checkpoint,
    readers: new Set(),
    awaited: false,
    ended,
    markEnded,
  }
}
