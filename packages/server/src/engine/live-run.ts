import type { RunUsage, RunWaitingEvent, ThreadMetadata } from '@parley/protocol'
import { cloneJson } from '../base/json.js'
import type { RunTrigger } from '../runnable/runnable.js'
import type { RunRecord } from '../storage/store.js'
import type { Call } from './engine.js'
import { PendingItems } from './pending-items.js'
import type { RunLog } from './run-log.js'
import { StopSwitch } from './stop-switch.js'

/** A run in this process, from its start until its last event. */
export interface LiveRun<Context> {
  record: RunRecord
  /** The key of the request that started this attempt. */
  readonly requestId: string | undefined
  readonly call: Call<Context>
  readonly trigger: RunTrigger
  /** The app changes this one; `savedThread` is how it was last stored and told. */
  readonly thread: ThreadMetadata
  savedThread: ThreadMetadata
  readonly log: RunLog
  readonly pending: PendingItems
  readonly stop: StopSwitch
  /** Ids of the items this run has added to the thread, its user message included. */
  readonly addedItemIds: Set<string>
  /** Ids of items of this run that nobody may see. */
  readonly hiddenItemIds: Set<string>
  /** What has to be answered before the run can go on, by item id; the newest counts. */
  readonly questions: Map<string, RunWaitingEvent['reason']>
  usage: RunUsage | undefined
  /** Milliseconds until the first words of this attempt. */
  firstTextMs: number | undefined
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
    pending: new PendingItems(),
    stop: new StopSwitch(),
    addedItemIds: new Set(),
    hiddenItemIds: new Set(),
    questions: new Map(),
    usage: undefined,
    firstTextMs: undefined,
    checkpoint: start.record.checkpoint,
    readers: new Set(),
    awaited: false,
    ended,
    markEnded,
  }
}
