import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import { afterTick } from '../base/schedule.js'
import type { Engine } from '../engine/engine.js'
import type { Scope } from '../storage/store.js'
import { expiryOf } from '../storage/thread-expiry.js'
import type { OwnedThread, ServerStore } from '../storage/workspace-store.js'
import { deleteThread } from './delete-thread.js'
import { lastChange } from './last-change.js'

/** Deletes threads, and values in no thread, whose callers said for how many minutes they are kept. */
export interface ExpirySweep {
  /** Every minute; of several servers on one database one does it. */
  start(): void
  stop(): void
}

export interface ExpiryParts<Context extends Scope> {
  store: ServerStore
  engine: Engine<Context>
  /** What the engine knows an owner by. */
  contextOf(owner: Scope): Context
  clock: Clock
  log: Log
}

const EVERY_MS = 60_000
/** Shorter than the time between two turns: whoever had the last one may have the next. */
const TURN_MS = EVERY_MS - 5000
/** Until the next try at a thread that could not be deleted: the others do not wait for it. */
const RETRY_MS = 10 * 60_000
/** Small enough for the table never to be locked for long. */
const VALUES_AT_ONCE = 500

export function expirySweep<Context extends Scope>(parts: ExpiryParts<Context>): ExpirySweep {
  const { store, clock, log } = parts
  const { workspaces, values } = store
  let stopped = true
  let cancelNext: () => void = () => undefined

  const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString()
  const nextDue = async () => (await workspaces.listExpiring(inMs(0), 1))[0]

  /** @returns whether it is gone */
  async function expire({ thread, owner }: OwnedThread): Promise<boolean> {
    const changed = await lastChange(store, { thread, owner })
    if (changed === null) return false // a run has begun meanwhile
    const expiry = expiryOf(thread, changed)
    if (expiry === null || expiry > inMs(0)) {
      if (expiry !== null) await workspaces.deferExpiry(thread.id, owner, expiry)
      return false
    }
    try {
      await deleteThread(parts, { thread, owner })
      return true
    } catch (cause) {
      await workspaces.deferExpiry(thread.id, owner, inMs(RETRY_MS))
      log.error('A thread whose time is over could not be deleted.', { threadId: thread.id, cause })
      return false
    }
  }

  /** One by one: each is looked at as it is now. */
  async function sweep(): Promise<number> {
    let count = 0
    for (let due = await nextDue(); due && !stopped; due = await nextDue()) {
      if (await expire(due)) count += 1
      await new Promise<void>((resolve) => afterTick(resolve)) // requests come first
    }
    return count
  }

  async function sweepValues(): Promise<number> {
    let count = 0
    for (let deleted = VALUES_AT_ONCE; deleted === VALUES_AT_ONCE && !stopped; count += deleted) {
      deleted = await values.deleteExpired(inMs(0), VALUES_AT_ONCE)
      await new Promise<void>((resolve) => afterTick(resolve)) // requests come first
    }
    return count
  }

  const isAnyDue = async () => (await nextDue()) !== undefined || (await values.hasExpired(inMs(0)))

  async function takeTurn(): Promise<void> {
    try {
      if ((await isAnyDue()) && (await workspaces.takeLease('thread expiry', inMs(0), inMs(TURN_MS)))) {
        const threads = await sweep()
        if (threads > 0) log.info('Threads whose time was over were deleted.', { threads })
        const deleted = await sweepValues()
        if (deleted > 0) log.info('Values whose time was over were deleted.', { values: deleted })
      }
    } catch (cause) {
      if (!stopped) log.error('What is over could not be looked for; the next try is in a minute.', { cause })
    }
    if (!stopped) cancelNext = clock.after(EVERY_MS, () => void takeTurn())
  }

  return {
    start() {
      stopped = false
      cancelNext = clock.after(EVERY_MS, () => void takeTurn())
    },
    stop() {
      stopped = true
      cancelNext()
    },
  }
}
