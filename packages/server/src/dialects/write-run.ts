import type { EventWriter } from '../http/event-stream.js'

/** A run as its readers get it. */
interface Followed<Entry> {
  entries: AsyncIterable<Entry[]>
  leave(client: { canReturn: boolean }): void
}

/** How one API writes a run down. */
export interface RunWriting<Entry> {
  /** Texts of whole events, in the order they are written. */
  encode(entries: Entry[]): Iterable<string>
  /** Keeps proxies from closing a silent connection. Absent: the API's clients know nothing of the kind. */
  heartbeat?: { text: string; everyMs: number } | undefined
  /** How long the reader can do without more after these entries, in ms: what comes until then is written together. */
  pauseAfter?: ((entries: Entry[]) => number) | undefined
  /** Whether a reader that left may come back. */
  canReturn: boolean
  /** What is said when the stream itself breaks; a function where that is known late. */
  broken: string | (() => string)
  /** What follows the end of a run that its reader has seen. Absent: nothing does. */
  behind?: (() => Promise<Iterable<string>>) | undefined
  report(thrown: unknown): void
}

/**
 * One run as the event stream of one reader: a heartbeat where the reader knows them. A reader that
 * does not read is never written ahead of, heartbeats included: it holds one piece of the answer and its place.
 */
export function writeRun<Entry>(stream: Followed<Entry>, writing: RunWriting<Entry>): EventWriter {
  const { encode, heartbeat, pauseAfter, canReturn, broken, behind: rest, report } = writing
  return async (sink) => {
    const leave = () => stream.leave({ canReturn })
    if (sink.signal.aborted) return leave()
    sink.signal.addEventListener('abort', leave, { once: true })
    let behind = false
    const beat = heartbeat && (() => void (behind || sink.write(heartbeat.text)))
    const beating = beat && setInterval(beat, heartbeat.everyMs)
    try {
      for await (const entries of stream.entries) {
        for (const text of encode(entries)) {
          if (sink.signal.aborted) return
          const taken = sink.write(text)
          if (!taken) continue
          // Most writes are taken at once; a promise means the socket is full.
          behind = true
          await taken
          behind = false
        }
        if (sink.signal.aborted) return
        const pause = pauseAfter?.(entries) ?? 0
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      }
      for (const text of (await rest?.()) ?? []) {
        if (sink.signal.aborted) return
        await sink.write(text)
      }
    } catch (thrown) {
      report(thrown)
      await sink.write(typeof broken === 'string' ? broken : broken())
    } finally {
      clearInterval(beating)
      sink.signal.removeEventListener('abort', leave)
    }
  }
}
