import type { LogEntry, RunStream } from '../../engine/engine.js'
import type { EventWriter } from '../../http/event-stream.js'
import { writeRun } from '../write-run.js'
import { encodeBatch, type Reader } from './encode.js'

const HEARTBEAT = { text: ': keep-alive\n\n', everyMs: 15_000 }

/** What the person reads when the stream itself breaks; the client shows its own words for `stream.error`. */
const BROKEN = 'data: {"type":"error","code":"stream.error","allow_retry":true}\n\n'

/** Text that grows thirty times a second seems to flow. */
const PAUSE_MS = 33
/** Where more than a hundred tokens come each second, nobody follows the words: fifteen times are enough. */
const FLOOD_PAUSE_MS = 66
const FLOOD_PER_MS = 0.1

/**
 * One run as the event stream of one reader. Only our own client knows comments, comes back, and draws: a token that it
 * would keep until the next time it draws is not worth a write here and a wake-up there.
 */
export const encodeStream = (stream: RunStream, reader: Reader, report: (thrown: unknown) => void): EventWriter =>
  writeRun(stream, {
    encode: (entries) => encodeBatch(entries, reader),
    heartbeat: reader === 'parley' ? HEARTBEAT : undefined,
    pauseAfter: reader === 'parley' ? createPauses() : undefined,
    canReturn: reader === 'parley',
    broken: BROKEN,
    report,
  })

/** The pauses of one reader. What begins or ends something is followed by none, so that what comes next is not late. */
function createPauses(): (entries: LogEntry[]) => number {
  let paused = 0
  return (entries) => {
    const isFlood = paused > 0 && entries.length > paused * FLOOD_PER_MS
    paused = entries.every(isFlowing) ? (isFlood ? FLOOD_PAUSE_MS : PAUSE_MS) : 0
    return paused
  }
}

/** One more piece of something that is being written. */
const isFlowing = ({ event: { type } }: LogEntry) => type === 'thread.item.updated' || type.endsWith('delta')
