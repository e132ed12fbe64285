import type { RunEvent } from '@parley/protocol'
import type { LogEntry } from './engine.js'

/** The numbered events of one run, for every reader of it. */
export interface RunLog {
  /** Number of the first event it can hold: higher than 1 for a run that went on after its log was gone. */
  readonly firstSequence: number
  /** Number of the last event. */
  readonly lastSequence: number
  /** How much it holds, in characters, roughly. */
  readonly size: number
  /** Adds an event, which is the log's own from now on. Readers get it when the tick is over. */
  append(event: RunEvent): void
  /** Something to wait for when the source runs so far ahead that nobody else gets a turn. */
  pause(): Promise<void> | undefined
  /** Batches behind event `after` until the log closes, or `undefined` when those events are gone. */
  read(after: number): AsyncIterableIterator<LogEntry[]> | undefined
  /** The run ended or waits: readers finish. */
  close(): void
  /** A waiting run goes on. */
  reopen(): void
}
