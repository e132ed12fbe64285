import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import { afterTick } from '../base/schedule.js'
import type { Engine } from '../engine/engine.js'
import type { Scope } from '../storage/store.js'
import type { OwnedThread, ServerStore } from '../storage/workspace-store.js'
import { deleteThread } from './delete-thread.js'
import { lastChange } from './last-change.js'

/** Deletes threads that nobody has touched for longer than their workspace keeps them. */
export interface Retention {
  /** Goes through everything once. @param options.dryRun Only counts. @returns what it did, by workspace */
  sweep(options?: { dryRun?: boolean }): Promise<RetentionReport[]>
  /** A minute from now, then four times a day; of several servers on one database one does it. */
  start(): void
  stop(): void
}

/** What was deleted of a workspace, or would be. */
export interface RetentionReport {
  workspaceId: string
  days: number
  threads: number
}

export interface RetentionParts<Context extends Scope> {
  store: ServerStore
  engine: Engine<Context>
  /** What the engine knows an owner by. */
  contextOf(owner: Scope): Context
  /** For workspaces that say nothing else. Absent: for ever. */
  days: number | undefined
  /** Days it is kept what runs did. Absent: for as long as the runs. */
  traceDays?: number | undefined
  clock: Clock
  log: Log
}

const DAY_MS = 24 * 3600 * 1000
const FIRST_MS = 60_000
const EVERY_MS = 6 * 3600 * 1000
/** Shorter than the time between two turns: whoever had the last one may have the next. */
const TURN_MS = EVERY_MS - FIRST_MS
/** Small enough for the table never to be locked for long. */
const TRACES_AT_ONCE = 500
/** Threads between two looks at whether to go on; few enough for nobody to wait. */
const BATCH = 50

export function retention<Context extends Scope>(parts: RetentionParts<Context>): Retention {
  const { store, clock, log } = parts
  let stopped = false
  let cancelNext: () => void = () => undefined

  async function sweep({ dryRun = false } = {}): Promise<RetentionReport[]> {
    const reports: RetentionReport[] = []
    for (let id = await store.workspaces.nextWorkspace(''); id !== null && !stopped; ) {
      const days = await daysOf(parts, id)
      if (days !== null) {
        const before = new Date(clock.now().getTime() - days * DAY_MS).toISOString()
        const threads = await sweepWorkspace(parts, id, { before, dryRun, isStopped: () => stopped })
        reports.push({ workspaceId: id, days, threads })
      }
      id = await store.workspaces.nextWorkspace(id)
    }
    return reports
  }

  async function takeTurn(): Promise<void> {
    try {
      const now = clock.now()
      const until = new Date(now.getTime() + TURN_MS).toISOString()
      if (await store.workspaces.takeLease('retention', now.toISOString(), until)) {
        for (const { workspaceId, days, threads } of await sweep())
          if (threads > 0) log.info('Threads nobody touched were deleted.', { workspaceId, days, threads })
        await sweepTraces(parts, () => stopped)
      }
    } catch (cause) {
      if (!stopped) log.error('Old threads could not be deleted; the next try is in six hours.', { cause })
    }
    if (!stopped) cancelNext = clock.after(EVERY_MS, () => void takeTurn())
  }

  return {
    sweep,
    start() {
      cancelNext = clock.after(FIRST_MS, () => void takeTurn())
    },
    stop() {
      stopped = true
      cancelNext()
    },
  }
}

async function sweepTraces(
  { store, clock, traceDays }: Pick<RetentionParts<Scope>, 'store' | 'clock' | 'traceDays'>,
  isStopped: () => boolean,
): Promise<void> {
  if (traceDays === undefined) return
  const before = new Date(clock.now().getTime() - traceDays * DAY_MS).toISOString()
  for (let count = TRACES_AT_ONCE; count === TRACES_AT_ONCE && !isStopped(); ) {
    count = await store.traces.deleteTracesBefore(before, TRACES_AT_ONCE)
    await new Promise<void>((resolve) => afterTick(resolve)) // requests come first
  }
}

/** `null`: for ever. */
async function daysOf(
  { store, days }: Pick<RetentionParts<Scope>, 'store' | 'days'>,
  workspaceId: string,
): Promise<number | null> {
  const own = (await store.workspaces.loadWorkspace(workspaceId))?.retention_days
  return own === undefined ? (days ?? null) : own
}

interface Sweep {
  before: string
  dryRun: boolean
  isStopped(): boolean
}

async function sweepWorkspace<Context extends Scope>(
  parts: RetentionParts<Context>,
  workspaceId: string,
  { before, dryRun, isStopped }: Sweep,
): Promise<number> {
  const { store } = parts
  let count = 0
  for (let after: string | undefined, more = true; more && !isStopped(); ) {
    const page = { limit: BATCH, order: 'asc' as const, ...(after !== undefined && { after }) }
    const { data, has_more } = await store.workspaces.listThreads(page, { workspaceId })
    for (const found of data) {
      if (isStopped()) return count
      const isOld = await isUntouched(parts, found, before)
      if (isOld) count += 1
      if (isOld && !dryRun) await deleteThread(parts, found)
      else after = found.thread.id // one that is gone is no place to go on from
    }
    more = has_more
    await new Promise<void>((resolve) => afterTick(resolve)) // requests come first
  }
  return count
}

/** A thread is as old as the newest thing in it, and never while it is being answered. */
async function isUntouched(
  { store }: Pick<RetentionParts<Scope>, 'store'>,
  owned: OwnedThread,
  before: string,
): Promise<boolean> {
  if (owned.thread.created_at >= before) return false
  const changed = await lastChange(store, owned)
  return changed !== null && changed < before
}
