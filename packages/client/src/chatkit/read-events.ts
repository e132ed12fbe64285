import type { RunEvent } from '@parley/protocol'
import { readMessages } from '../transport/read-messages.js'

/** One event of an answer; `id` is its number within the run where the server counts them. */
export interface StreamMessage {
  id?: string
  event: RunEvent
}

/** Reads the events of a streaming answer in order; ends when the body ends, throws when the line breaks. */
export async function* readEvents(response: Response): AsyncGenerator<StreamMessage, void, undefined> {
  for await (const { id, data } of readMessages(response)) {
    const event = data as RunEvent // the server's own schema made it
    yield id === undefined ? { event } : { id, event }
  }
}
