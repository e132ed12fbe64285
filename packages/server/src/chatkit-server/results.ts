import { EVENT_STREAM_HEADERS, type EventWriter, eventStreamResponse, readableOf } from '../http/event-stream.js'

/**
 * The answer to a streaming request: server-sent events as bytes, whole events in each chunk. Iterate it once, or turn
 * it into a response. Ending the iteration early counts as the client leaving.
 */
export class StreamingResult implements AsyncIterable<Uint8Array> {
  readonly kind = 'stream'
  readonly headers: Record<string, string> = { ...EVENT_STREAM_HEADERS }
  readonly #writer: EventWriter

  constructor(writer: EventWriter) {
    this.#writer = writer
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = readableOf(this.#writer).getReader()
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        yield value
      }
    } finally {
      await reader.cancel()
    }
  }

  toResponse(): Response {
    return eventStreamResponse(this.#writer)
  }
}

/** The answer to every other request: one JSON value. */
export class JsonResult {
  readonly kind = 'json'

  constructor(readonly value: unknown) {}

  /** The value as it goes over the wire. */
  get json(): string {
    return JSON.stringify(this.value)
  }

  toResponse(): Response {
    return Response.json(this.value)
  }
}
