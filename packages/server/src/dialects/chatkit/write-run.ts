import type { RunStream } from '../../engine/engine.js'
import type { EventWriter } from '../../http/event-stream.js'
import { encodeBatch, type Reader } from './encode.js'

const HEARTBEAT_MS = 15_000
const HEARTBEAT = ': keep-alive\n\n'

/** What the person reads when the stream itself breaks; the client shows its own words for `stream.error`. */
const BROKEN = 'data: {"type":"error","code":"stream.error","allow_retry":true}\n\n'

/**
 * One run as the event stream of one reader: a write per batch, a heartbeat where the reader knows comments. A reader
 * that does not read is never written ahead of, heartbeats included: it holds one piece of the answer and its place.
 */
export function writeRun(stream: RunStream, reader: Reader, report: (thrown: unknown) => void): EventWriter {
  return async (sink) => {
    const leave = () => stream.leave({ canReturn: reader === 'parley' })
    if (sink.signal.aborted) return leave()
    sink.signal.addEventListener('abort', leave, { once: true })
    let behind = false
    const beat = () => void (behind || sink.write(HEARTBEAT))
    // Keeps proxies from closing a silent connection.
    const heartbeat = reader === 'parley' ? setInterval(beat, HEARTBEAT_MS) : undefined
    try {
      for await (const entries of stream.entries) {
        for (const text of encodeBatch(entries, reader)) {
          if (sink.signal.aborted) return
          const taken = sink.write(text)
          if (!taken) continue
          // Most writes are taken at once; a promise means the socket is full.
          behind = true
          await taken
          behind = false
        }
        if (sink.signal.aborted) return
      }
    } catch (thrown) {
      report(thrown)
      await sink.write(BROKEN)
    } finally {
      clearInterval(heartbeat)
      sink.signal.removeEventListener('abort', leave)
    }
  }
}
