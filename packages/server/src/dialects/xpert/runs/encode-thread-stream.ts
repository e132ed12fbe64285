import type { StreamLanguage } from '@parley/protocol/admin'
import type { RunStream, ThreadStream } from '../../../engine/engine.js'
import type { EventWriter } from '../../../http/event-stream.js'
import { writeRun } from '../../write-run.js'
import type { ThreadState } from '../threads/schema.js'
import type { ThreadPlace } from './decode.js'
import type { EventEncoder } from './encode-events.js'
import { BREAKS, entryText, frameText, HEARTBEAT, unseenText } from './encode-stream.js'
import type { ThreadMode } from './schema.js'

/** Behind every frame that an event is made of. */
const END_FRAME = 999_999

export interface ThreadReader {
  threadId: string
  modes: ReadonlySet<ThreadMode>
  /** What the reader has seen, when it was here before. */
  place?: ThreadPlace | undefined
  /** `undefined`: that of the first run, or of what is told before it. No reader gets both. */
  language: StreamLanguage | undefined
  languageOf(stream: RunStream): Promise<StreamLanguage>
  encoderOf(stream: RunStream, language: StreamLanguage): Promise<EventEncoder>
  readState(): Promise<ThreadState>
  report(thrown: unknown): void
}

/**
 * What happens on a thread as one event stream, which ends when its reader leaves. The ids say which run they are of.
 * Source: `threads.joinStream` of LangGraph's clients, and what its server answers; Xpert's have a word for runs alone.
 */
export function encodeThreadStream(thread: ThreadStream, reader: ThreadReader): EventWriter {
  const { threadId, modes, place } = reader
  let { language } = reader

  /** What a run shows, and that it is over, unless the reader has seen all of it. */
  async function* runTexts(stream: RunStream): AsyncGenerator<string> {
    const { id } = stream.run
    const seen = place?.runId === id ? place.seen : undefined
    language ??= await reader.languageOf(stream)
    const encode = shown(await reader.encoderOf(stream, language), modes)
    const idsOf = `${id}:`
    let last = seen?.sequence ?? 0
    let isNews = seen?.frame !== END_FRAME
    for await (const entries of stream.entries) {
      let text = ''
      for (const entry of entries) {
        if (!seen) text += entryText(entry, encode, { idsOf })
        else if (entry.sequence === 0 && !isNews) encode(entry.event)
        else text += unseenText(entry, encode, seen, idsOf)
        last = Math.max(last, entry.sequence)
      }
      isNews ||= last > (seen?.sequence ?? 0)
      yield text
    }
    if (isNews && language === 'langgraph' && (modes.has('run_modes') || modes.has('lifecycle')))
      yield frameText(
        { event: 'metadata', data: { run_id: id, thread_id: threadId, status: 'run_done' } },
        `${idsOf}${last}-${END_FRAME}`,
      )
  }

  async function* texts(): AsyncGenerator<string[]> {
    for await (const part of thread.parts) {
      if (part !== 'changed') for await (const text of runTexts(part)) yield [text]
      else if (modes.has('state_update') && language !== 'xpert') {
        language = 'langgraph' // whoever asks for this reads it, and goes on in it
        yield [frameText({ event: 'state_update', data: { thread_id: threadId, state: await reader.readState() } })]
      }
    }
  }
  return writeRun<string>(
    { entries: texts(), leave: () => thread.leave() },
    {
      encode: (batch) => batch.filter(Boolean),
      heartbeat: HEARTBEAT,
      canReturn: true,
      broken: () => BREAKS[language ?? 'langgraph'],
      report: reader.report,
    },
  )
}

/** Of a run all that it shows, only its beginning, or nothing. */
function shown(encode: EventEncoder, modes: ReadonlySet<ThreadMode>): EventEncoder {
  if (modes.has('run_modes')) return encode
  return (event) => encode(event).filter(({ event: name }) => modes.has('lifecycle') && name === 'metadata')
}
