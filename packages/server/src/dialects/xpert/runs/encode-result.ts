import type { RunEvent } from '@parley/protocol'
import type { RunStream } from '../../../engine/engine.js'
import type { EventWriter } from '../../../http/event-stream.js'
import { writeRun } from '../../write-run.js'
import type { ThreadValues } from '../threads/schema.js'
import { encodeResult } from './encode.js'
import type { EventEncoder, Frame } from './encode-events.js'

/** Blank space before the answer, which JSON allows: proxies close silent connections. */
const HEARTBEAT = { text: '\n', everyMs: 15_000 }

const BROKEN = JSON.stringify({
  __error__: { error: 'internal', message: 'The run could not be followed to its end.' },
})

export interface ResultReader {
  /** Of the mode `values`. */
  encode: EventEncoder
  canReturn: boolean
  report(thrown: unknown): void
}

/** The state a run ends with, as one JSON value that is written when it has ended. */
export function encodeResultStream(stream: RunStream, { encode, canReturn, report }: ResultReader): EventWriter {
  const leave = (client: { canReturn: boolean }) => stream.leave(client)
  return writeRun<string>(
    { entries: resultOf(stream, encode), leave },
    { encode: (texts) => texts, heartbeat: HEARTBEAT, canReturn, broken: BROKEN, report },
  )
}

async function* resultOf(stream: RunStream, encode: EventEncoder): AsyncGenerator<string[]> {
  let values: ThreadValues = { messages: [] }
  let failure: unknown
  const said: string[] = []
  for await (const entries of stream.entries) {
    for (const { event } of entries) {
      for (const { event: name, data } of encode(event) as Frame[]) {
        if (name === 'values') values = data as ThreadValues // what the encoder makes of this name
        if (name === 'error') failure = data
      }
      said.push(...textIn(event))
    }
  }
  yield [JSON.stringify(failure === undefined ? encodeResult(values, said) : { __error__: failure })]
}

const textIn = (event: RunEvent): string[] =>
  event.type === 'thread.item.done' && event.item.type === 'assistant_message'
    ? event.item.content.map(({ text }) => text)
    : []
