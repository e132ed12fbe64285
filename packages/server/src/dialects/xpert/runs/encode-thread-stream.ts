import type { StreamLanguage } from '@parley/protocol/admin'
import type { RunStream, ThreadStream } from '../../../engine/engine.js'
import type { EventWriter } from '../../../http/event-stream.js'
import { writeRun } from '../../write-run.js'
import { languageIn } from '../chat/decode-kept.js'
import type { EventEncoder } from './encode-events.js'
import { BREAKS, entryText, HEARTBEAT } from './encode-stream.js'

export interface ThreadReader {
  /** `undefined`: that of the first run. No reader gets both. */
  language: StreamLanguage | undefined
  encoderOf(stream: RunStream, language: StreamLanguage): Promise<EventEncoder>
  report(thrown: unknown): void
}

/** All runs of a thread as one event stream, which ends when its reader leaves. */
export function encodeThreadStream(thread: ThreadStream, reader: ThreadReader): EventWriter {
  let { language } = reader
  async function* texts(): AsyncGenerator<string[]> {
    for await (const stream of thread.runs) {
      language ??= languageIn(stream.run)
      const encode = await reader.encoderOf(stream, language)
      for await (const entries of stream.entries) {
        const text = entries.map((entry) => entryText(entry, encode)).join('')
        if (text) yield [text]
      }
    }
  }
  return writeRun<string>(
    { entries: texts(), leave: () => thread.leave() },
    {
      encode: (batch) => batch,
      heartbeat: HEARTBEAT,
      canReturn: true,
      broken: () => BREAKS[language ?? 'langgraph'],
      report: reader.report,
    },
  )
}
