import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { WorkspaceStore } from '../storage/workspace-store.js'

/** How long a session that is over can still be looked up. */
const KEEP_MS = 7 * 24 * 3600 * 1000
const EVERY_MS = 6 * 3600 * 1000

/** Forgets sessions a week after their end: at the start and four times a day. */
export function oldSessions({ store, clock, log }: { store: WorkspaceStore; clock: Clock; log: Log }) {
  let cancelNext: () => void = () => undefined
  let stopped = false

  async function sweep(): Promise<void> {
    const before = new Date(clock.now().getTime() - KEEP_MS)
    try {
      await store.deleteSessionsExpiredBefore(before.toISOString())
    } catch (cause) {
      log.error('Old sessions could not be removed. They will be with the next try.', { cause })
    }
    if (!stopped) cancelNext = clock.after(EVERY_MS, () => void sweep())
  }

  return {
    start: sweep,
    stop() {
      stopped = true
      cancelNext()
    },
  }
}
