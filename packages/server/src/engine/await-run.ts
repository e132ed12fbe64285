import type { RunEvent } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { Call, Engine, RunStream } from './engine.js'

/** How long somebody waits for a whole answer. */
export interface Waiting {
  /** Aborted when nobody waits any more. */
  signal: AbortSignal
  /** Then the run is stopped; what was written is kept. */
  waitMs: number
  clock: Clock
  /** Whether the run goes on for somebody who comes back, should its caller leave. */
  canReturn: boolean
}

/** All events of a run once it has ended or waits. `isLate`: it took too long, and was stopped. */
export async function awaitRun<Context>(
  engine: Engine<Context>,
  { call, stream }: { call: Call<Context>; stream: RunStream },
  { signal, waitMs, clock, canReturn }: Waiting,
): Promise<{ events: RunEvent[]; isLate: boolean }> {
  const leave = () => stream.leave({ canReturn })
  signal.addEventListener('abort', leave, { once: true })
  let isLate = false
  const stopWaiting = clock.after(waitMs, () => {
    isLate = true
    engine.cancelRun(call, stream.run.threadId, { runId: stream.run.id }).catch(leave)
  })
  const events: RunEvent[] = []
  try {
    for await (const entries of stream.entries) events.push(...entries.map(({ event }) => event))
  } finally {
    stopWaiting()
    signal.removeEventListener('abort', leave)
  }
  return { events, isLate }
}
