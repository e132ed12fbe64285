import type { RunEvent } from '@parley/protocol'
import { ClientError } from './error.js'
import { readSse } from './sse.js'

/** One event of an answer; `id` is its number within the run where the server counts them. */
export interface StreamMessage {
  id?: string
  event: RunEvent
}

/** Reads the events of a streaming answer in order; ends when the body ends, throws when the line breaks. */
export async function* readEvents(response: Response): AsyncGenerator<StreamMessage, void, undefined> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    const message = 'The server did not answer with an event stream.'
    throw new ClientError({ status: response.status, code: 'not_a_stream', message })
  }
  for await (const { id, data } of readSse(response.body)) {
    const event = JSON.parse(data) as StreamMessage['event'] // the server's own schema made it
    yield id === undefined ? { event } : { id, event }
  }
}
