import type { StreamLanguage } from '@parley/protocol/admin'
import type { LogEntry, RunStream } from '../../../engine/engine.js'
import { splitEntry } from '../../../engine/fold-entries.js'
import type { EventWriter } from '../../../http/event-stream.js'
import { writeRun } from '../../write-run.js'
import type { ChatFrame } from '../chat/event-schema.js'
import type { Place } from './decode.js'
import type { EventEncoder, Frame } from './encode-events.js'

/** One newline, no blank line: behind a blank one the clients would see an event without a name. */
export const HEARTBEAT = { text: ': keep-alive\n', everyMs: 15_000 }

const BROKEN = 'The stream broke. Join the run again to read on.'

/** What a reader is told whose stream breaks off. */
export const BREAKS: Record<StreamLanguage, string> = {
  langgraph: frameText({ event: 'error', data: { error: 'internal', message: BROKEN } }),
  xpert: frameText({ data: { type: 'event', event: 'on_error', data: { error: BROKEN } } satisfies ChatFrame }),
}

export interface StreamReader {
  language: StreamLanguage
  encode: EventEncoder
  /** What the reader has seen of the run; the stream starts at the run's first event all the same. */
  seen?: Place | undefined
  /** Whether the client may come back, so that its leaving ends nothing. */
  canReturn: boolean
  report(thrown: unknown): void
}

/** A run as the event stream of one reader. Source: the Xpert contract, section 4. */
export function encodeStream(stream: RunStream, reader: StreamReader): EventWriter {
  const { language, encode, seen, canReturn, report } = reader
  return writeRun<LogEntry>(stream, {
    *encode(entries) {
      let text = ''
      for (const entry of entries) text += seen ? unseenText(entry, encode, seen) : entryText(entry, encode)
      if (text) yield text
    },
    heartbeat: HEARTBEAT,
    canReturn,
    broken: BREAKS[language],
    report,
  })
}

interface EntryWriting {
  /** Frames that are left out at its beginning. */
  skip?: number
  /** What the ids of its frames begin with. */
  idsOf?: string
}

/** One entry of a run as it is sent. */
export function entryText(
  { event, sequence }: LogEntry,
  encode: EventEncoder,
  { skip = 0, idsOf = '' }: EntryWriting = {},
): string {
  let text = ''
  const frames = encode(event)
  for (let index = skip; index < frames.length; index += 1)
    text += frameText(frames[index] as Frame, `${idsOf}${sequence}-${index}`) // within the list
  return text
}

/** What a reader that comes back has not seen; the encoder hears of the rest too, for it keeps the state. */
export function unseenText(entry: LogEntry, encode: EventEncoder, seen: Place, idsOf = ''): string {
  if (entry.sequence === 0) return entryText({ ...entry, sequence: seen.sequence }, encode, { idsOf }) // from storage, not from the log
  if (entry.sequence < seen.sequence) return entryText(entry, encode) && ''
  const { known, rest } = splitEntry(entry, seen.sequence)
  if (known) encode(known.event)
  if (!rest) return ''
  if (known || entry.sequence > seen.sequence) return entryText(rest, encode, { idsOf })
  return entryText(rest, encode, { skip: seen.frame + 1, idsOf })
}

export function frameText({ event, data }: Frame, id?: string): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${id === undefined ? '' : `id: ${id}\n`}${name}data: ${JSON.stringify(data)}\n\n`
}
