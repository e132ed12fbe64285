import type { RunStream } from '../../engine/engine.js'
import type { EventSink, EventWriter } from '../../http/event-stream.js'
import { encodeBatch, type Reader } from './encode.js'

const HEARTBEAT_MS = 15_000

/** What the person reads when the stream itself breaks; the client shows its own words for `stream.error`. */
const BROKEN = 'data: {"type":"error","code":"stream.error","allow_retry":true}\n\n'

/** One run as the event stream of one reader: a write per batch, a heartbeat where the reader knows comments. */
export function writeRun(stream: RunStream, reader: Reader, report: (thrown: unknown) => void): EventWriter {
  return async (sink) => {
    const leave = () => stream.leave({ canReturn: reader === 'parley' })
    if (sink.signal.aborted) return leave()
    sink.signal.addEventListener('abort', leave, { once: true })
    const heartbeat = reader === 'parley' ? startHeartbeat(sink) : undefined
    try {
      for await (const entries of stream.entries) {
        if (sink.signal.aborted) break
        const text = encodeBatch(entries, reader)
        // Most writes are taken at once; a promise means the socket is full.
        const taken = text === '' ? undefined : sink.write(text)
        if (taken) await taken
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

/** Keeps proxies from closing a silent connection. */
const startHeartbeat = (sink: EventSink) => setInterval(() => void sink.write(': keep-alive\n\n'), HEARTBEAT_MS)
