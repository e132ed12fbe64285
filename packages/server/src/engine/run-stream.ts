import type { RunRecord } from '../storage/store.js'
import type { LogEntry, RunStream } from './engine.js'
import type { LiveRun } from './live-run.js'

/** A reader of a run in this process, from behind event `after`; `undefined` when those events are gone. */
export function readLiveRun<Context>(run: LiveRun<Context>, after: number): RunStream | undefined {
  const entries = run.log.read(after)
  if (!entries) return undefined
  const reader = {}
  let left = false
  run.readers.add(reader)
  // A reader that stops is none any more, though the run goes on: only `leave` speaks for the person.
  const stopReading = async () => {
    run.readers.delete(reader)
    return entries.return()
  }
  return {
    run: headOf(run.record),
    entries: { [Symbol.asyncIterator]: () => ({ next: entries.next, return: stopReading }) },
    leave({ canReturn }) {
      if (left) return
      left = true
      run.readers.delete(reader)
      if (canReturn || run.call.app.onDisconnect === 'continue') run.awaited = true
      if (run.readers.size === 0 && !run.awaited) run.stop.stop('cancelled')
    },
  }
}

/** What a reader learns of a run before its first event. */
export const headOf = ({ id, thread_id, attempt, request, status }: RunRecord): RunStream['run'] => ({
  id,
  threadId: thread_id,
  attempt,
  ...(status === 'queued' && { isQueued: true }),
  ...(request && { request }),
})

/** A stream of events that are known already. */
export function readEntries(run: RunStream['run'], entries: LogEntry[]): RunStream {
  return {
    run,
    entries: (async function* () {
      if (entries.length > 0) yield entries
    })(),
    leave: () => undefined,
  }
}

/** A stream that shows what is known already, then what comes. */
export function startingWith(known: LogEntry[], stream: RunStream): RunStream {
  return {
    ...stream,
    entries: (async function* () {
      if (known.length > 0) yield known
      yield* stream.entries
    })(),
  }
}
