import type { Log } from '../base/log.js'
import type { RecordedRun } from '../base/trace.js'
import type { RunRecord, RunStore } from '../storage/store.js'

/** A run whose app keeps what it needs to go on. */
export interface CheckpointSource {
  record: RunRecord
  checkpoint: unknown
  /** Ids of the items this run has added to the thread. */
  addedItemIds: Iterable<string>
  /** What it does, where that is kept. */
  recorded: RecordedRun | undefined
}

/** What a run's record says of what its app has kept; nothing when that is nothing. */
export function checkpointOf(
  run: CheckpointSource,
): Pick<RunRecord, 'checkpoint' | 'checkpoint_attempt' | 'checkpoint_item_ids'> {
  if (run.checkpoint === undefined) return {}
  const { attempt, checkpoint_item_ids: earlier = [] } = run.record
  return {
    checkpoint: run.checkpoint,
    checkpoint_attempt: attempt,
    checkpoint_item_ids: [...new Set([...earlier, ...run.addedItemIds])],
  }
}

/** What was written in it would make every checkpoint of a long run longer than the one before. */
function traceOf({ recorded }: CheckpointSource): Pick<RunRecord, 'checkpoint_trace'> {
  if (!recorded) return {}
  const { summary, spans } = recorded.finish({ isStopped: true })
  return { checkpoint_trace: { summary, spans: spans.map(({ input: _, output: __, ...span }) => span) } }
}

/** Keeps checkpoints safe from a crash as they come: one write at a time for each run, and the newest counts. */
export function createCheckpoints(store: Pick<RunStore<never>, 'saveRun'>, log: Log) {
  const saving = new Set<CheckpointSource>()
  const changed = new Set<CheckpointSource>()

  async function save(run: CheckpointSource): Promise<void> {
    if (saving.has(run)) {
      changed.add(run)
      return
    }
    saving.add(run)
    try {
      do {
        changed.delete(run)
        await store.saveRun({ ...run.record, ...checkpointOf(run), ...traceOf(run) })
      } while (changed.has(run))
    } catch (cause) {
      log.warn('What a run needs to go on after a crash could not be kept.', { runId: run.record.id, cause })
    } finally {
      saving.delete(run)
    }
  }
  return { save: (run: CheckpointSource): void => void save(run) }
}

export type Checkpoints = ReturnType<typeof createCheckpoints>
