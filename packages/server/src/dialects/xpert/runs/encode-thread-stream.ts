import type { RunStream, ThreadStream } from '../../../engine/engine.js'
import type { EventWriter } from '../../../http/event-stream.js'
import { writeRun } from '../../write-run.js'
import type { EventEncoder } from './encode-events.js'
import { BROKEN, entryText, HEARTBEAT } from './encode-stream.js'

export interface ThreadReader {
  encoderOf(stream: RunStream): Promise<EventEncoder>
  report(thrown: unknown): void
}

/** All runs of a thread as one event stream, which ends when its reader leaves. */
export function encodeThreadStream(thread: ThreadStream, { encoderOf, report }: ThreadReader): EventWriter {
  async function* texts(): AsyncGenerator<string[]> {
    for await (const stream of thread.runs) {
      const encode = await encoderOf(stream)
      for await (const entries of stream.entries) {
        const text = entries.map((entry) => entryText(entry, encode)).join('')
        if (text) yield [text]
      }
    }
  }
  return writeRun<string>(
    { entries: texts(), leave: () => thread.leave() },
    { encode: (batch) => batch, heartbeat: HEARTBEAT, canReturn: true, broken: BROKEN, report },
  )
}
