import type { ThreadItem } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { RunStore } from '../storage/store.js'

/** A run whose growing text is kept safe from a crash. */
export interface PartialSource {
  record: { id: string; attempt: number }
  pending: { partialAnswers(): ThreadItem[] }
}

/** Snapshots of growing answers: one timer and few transactions for all runs, at most once per `everyMs`. */
export interface Partials {
  /** The run has written text since its last snapshot. */
  touch(run: PartialSource): void
  /** The run is ending: it is left out from now on, and a write under way is waited for. */
  forget(run: PartialSource): Promise<void>
  /** No more snapshots. */
  stop(): void
}

/** Runs per transaction: nobody's next token waits for the snapshots of all answers. */
const RUNS_PER_WRITE = 32

export function createPartials(
  store: Pick<RunStore<never>, 'savePartials'>,
  options: { clock: Clock; log: Log; everyMs: number },
): Partials {
  const { clock, log, everyMs } = options
  const dirty = new Set<PartialSource>()
  let cancelTimer: (() => void) | undefined
  let writing: Promise<void> | undefined

  const write = async (runs: PartialSource[]) => {
    const partials = runs.map(({ record, pending }) => ({
      runId: record.id,
      attempt: record.attempt,
      items: pending.partialAnswers(),
    }))
    try {
      await store.savePartials(partials)
    } catch (cause) {
      log.warn('The text of running answers could not be snapshotted; the next snapshot tries again.', { cause })
    }
  }
  const onTimer = async () => {
    const due = [...dirty]
    for (let start = 0; start < due.length; start += RUNS_PER_WRITE) {
      const runs = due.slice(start, start + RUNS_PER_WRITE).filter((run) => dirty.delete(run)) // the others have ended
      writing = write(runs)
      await writing
    }
    writing = undefined
    cancelTimer = undefined
    if (dirty.size > 0) arm()
  }
  const arm = () => {
    cancelTimer ??= clock.after(everyMs, onTimer)
  }

  return {
    touch(run) {
      if (dirty.has(run)) return
      dirty.add(run)
      arm()
    },
    async forget(run) {
      dirty.delete(run)
      await writing
    },
    stop() {
      cancelTimer?.()
      dirty.clear()
    },
  }
}
