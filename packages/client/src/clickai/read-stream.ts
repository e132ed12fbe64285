import { ClientError } from '../transport/error.js'
import { readMessages } from '../transport/read-messages.js'
import type { ClickAIEvent } from './stream-events.js'

/**
 * The events of a stream, in order.
 *
 * @throws {ClientError} for an `error` event, which ends the stream, and when the line breaks.
 */
export async function* readStream<Event extends ClickAIEvent>(
  response: Response,
): AsyncGenerator<Event, void, undefined> {
  for await (const { data } of readMessages(response)) {
    const event = data as Event | Failure // the server's own schema made it
    if (isFailure(event)) throw new ClientError(event)
    yield event
  }
}

interface Failure {
  event: 'error'
  status: number
  code: string
  message: string
}

const isFailure = (event: { event: string }): event is Failure => event.event === 'error'
