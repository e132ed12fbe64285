import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { FileStorage } from '../storage/files/file-storage.js'
import { isFileId } from '../storage/files/file-storage.js'
import type { AttachmentSweep } from '../storage/store.js'

const EVERY_MS = 60 * 60 * 1000
export const DEFAULT_KEEP_UNSENT_MS = 24 * 60 * 60 * 1000

export interface UnsentFilesParts {
  store: { sweepAttachments?(sweep: AttachmentSweep): Promise<number> }
  files: FileStorage
  clock: Clock
  log: Log
  /** How long a file waits for its message. */
  keepMs: number
}

/** Takes away files that somebody uploaded and never sent: once when it starts, then every hour until it is stopped. */
export function unsentFiles({ store, files, clock, log, keepMs }: UnsentFilesParts) {
  let stopped = false
  let cancel: () => void = () => undefined

  async function sweep(): Promise<void> {
    const now = clock.now().getTime()
    try {
      await store.sweepAttachments?.({
        now: new Date(now).toISOString(),
        before: new Date(now - keepMs).toISOString(),
        remove: async (id) => void (isFileId(id) && (await files.delete(id))),
      })
    } catch (cause) {
      if (!stopped) log.error('Files that were never sent could not be removed; the next try is in an hour.', { cause })
    }
  }

  async function sweepEveryHour(): Promise<void> {
    await sweep()
    if (!stopped) cancel = clock.after(EVERY_MS, () => void sweepEveryHour())
  }

  return {
    sweep,
    start: sweepEveryHour,
    stop() {
      stopped = true
      cancel()
    },
  }
}
