import type { LogEntry, RunStream } from './engine.js'
import type { LiveRun } from './live-run.js'

/** A reader of a run in this process, from behind event `after`; `undefined` when those events are gone. */
export function readLiveRun<Context>(run: LiveRun<Context>, after: number): RunStream | undefined {
  const entries = run.log.read(after)
  if (!entries) return undefined
  const reader = {}
  let left = false
  run.readers.add(reader)
  return {
    run: { id: run.record.id, threadId: run.record.thread_id },
    entries: untilEnd(entries, run.log.lastSequence, () => run.readers.delete(reader)),
    leave({ canReturn }) {
      if (left) return
      left = true
      run.readers.delete(reader)
      if (canReturn || run.call.app.onDisconnect === 'continue') run.awaited = true
      if (run.readers.size === 0 && !run.awaited) run.stop.stop('cancelled')
    },
  }
}

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

/**
 * Reads up to the first end that was still to come when the reader came, event `seen` being the last then: a run that
 * waited and goes on has other readers. A reader that stops earlier is none any more, though the run goes on: only
 * `leave` speaks for the person.
 */
function untilEnd(
  entries: AsyncIterableIterator<LogEntry[]>,
  seen: number,
  stopped: () => void,
): AsyncIterable<LogEntry[]> {
  const over: IteratorResult<LogEntry[], undefined> = { value: undefined, done: true }
  let ended = false
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (ended) return over
        const { value: batch, done } = await entries.next()
        if (done) return over
        const end = batch.findIndex(({ sequence, event }) => event.type === 'run.ended' && sequence >= seen)
        ended = end >= 0
        return { value: ended ? batch.slice(0, end + 1) : batch, done: false }
      },
      async return() {
        ended = true
        stopped()
        await entries.return?.()
        return over
      },
    }),
  }
}
