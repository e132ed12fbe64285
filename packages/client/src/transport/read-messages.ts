import { ClientError } from './error.js'
import { readSse } from './sse.js'

/** One event of a stream: what it holds, its name if it has one, its number where the server counts them. */
export interface Message {
  id?: string
  event?: string
  data: unknown
}

/**
 * The events of a streaming answer in order, their JSON read. Ends when the body ends.
 *
 * @throws {ClientError} `not_a_stream` when it is something else, `network` when the line breaks.
 */
export async function* readMessages({ headers, body, status }: Response): AsyncGenerator<Message, void, undefined> {
  if (!headers.get('content-type')?.startsWith('text/event-stream') || !body)
    throw new ClientError({ status, code: 'not_a_stream', message: 'The server did not answer with an event stream.' })
  try {
    for await (const message of readSse(body)) yield { ...message, data: JSON.parse(message.data) }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause // whoever left, and what is no JSON; `fetch` has only this for a line
    throw new ClientError({ status: 0, code: 'network', message: 'The connection broke in the middle.', cause })
  }
}
