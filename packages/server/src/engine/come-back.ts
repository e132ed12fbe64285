import type { RunEvent } from '@parley/protocol'
import type { Call, Engine, RunRecord, RunStream } from './engine.js'
import { readKeptEvents } from './kept-events.js'

/** Some of what a run does. */
export interface RunPart {
  events: RunEvent[]
  /** It happened before its reader came. */
  isPast: boolean
}

/** A run as somebody reads it who comes back to it. */
export interface ReturnedRun {
  /** As it was when its reader came. */
  run: RunRecord
  /** What happened, but for the waits that are over, then what happens; nothing of a run that is over. */
  entries: AsyncIterable<RunPart[]>
  leave(client: { canReturn: boolean }): void
}

/** @param goesOn Whether the reader stays while the run waits, until it ends; else until it waits. */
export async function comeBackTo<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { run: found, goesOn }: { run: RunRecord; goesOn: boolean },
): Promise<ReturnedRun> {
  const watch = goesOn && found.ended_at === undefined ? await engine.followThread(call, found.thread_id) : undefined
  const run = watch ? await engine.findRun(call, found.id) : found // what happened before the watch is in its record
  if (run.ended_at !== undefined) watch?.leave()
  const isLive = run.ended_at === undefined && run.status !== 'waiting'
  const live = isLive ? await engine.resumeRun(call, run.thread_id, { runId: run.id }) : undefined

  async function* readNow(): AsyncGenerator<RunPart[]> {
    if (live) yield* readLive(live)
    else yield [{ events: await readKeptEvents(engine, call, run), isPast: true }]
  }

  async function* read(): AsyncGenerator<RunPart[]> {
    if (run.ended_at !== undefined) return
    try {
      let isWaiting = false
      for await (const parts of readNow()) {
        isWaiting = parts.at(-1)?.events.some(saysItWaits) ?? false
        yield parts
      }
      if (!watch || !isWaiting) return
      for await (const next of watch.parts) {
        if (next === 'changed' || next.run.id !== run.id || next.run.attempt <= run.attempt) continue
        for await (const entries of next.entries) yield [{ events: entries.map(({ event }) => event), isPast: false }]
        if ((await engine.findRun(call, run.id)).ended_at !== undefined) return
      }
    } finally {
      watch?.leave()
    }
  }

  return {
    run,
    entries: read(),
    leave(client) {
      live?.leave(client)
      watch?.leave()
    },
  }
}

async function* readLive(stream: RunStream): AsyncGenerator<RunPart[]> {
  let isPast = true
  for await (const entries of stream.entries) {
    const events = entries.map(({ event }) => event)
    const isOver = (event: RunEvent, place: number) => place < events.length - 1 && saysItWaits(event)
    yield [{ events: events.filter((event, place) => !isOver(event, place)), isPast }]
    isPast = false
  }
}

const saysItWaits = (event: RunEvent): boolean => event.type === 'run.ended' && event.status === 'waiting'
