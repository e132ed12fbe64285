import type { RunEvent } from '@parley/protocol'
import type { LogEntry } from './engine.js'

/** Reads a log, one batch after the other. Both functions can be called without their object. */
export interface LogReader {
  next(): Promise<IteratorResult<LogEntry[], undefined>>
  return(): Promise<IteratorResult<LogEntry[], undefined>>
}

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
  /**
   * Batches behind event `after`, up to the first end of the run that is still to come: a run that waited and goes on has
   * other readers. `undefined` when those events are gone.
   */
  read(after: number): LogReader | undefined
  /** The run ended or waits: readers finish. */
  close(): void
  /** A waiting run goes on. */
  reopen(): void
}
