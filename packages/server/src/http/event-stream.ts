/**
 * Server-sent events without the price of web streams: a `Response` whose body a host that knows how may write
 * straight to its socket. Hosts that do not know read `body` as any other stream.
 */

/** Where an event stream writes to. `write` gets whole events only and resolves when the next may come. */
export interface EventSink {
  write(text: string): void | Promise<void>
  /** Aborted when the reader's socket closes. */
  signal: AbortSignal
}

/** Writes the whole stream into `sink` and resolves when it is over or the reader has left. */
export type EventWriter = (sink: EventSink) => Promise<void>

const writers = new WeakMap<Response, EventWriter>()

export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
} as const

/** An event stream as a plain `Response`, usable in any fetch-style framework. */
export const eventStreamResponse = (writer: EventWriter, headers: Record<string, string> = {}): Response =>
  writtenResponse(writer, { ...EVENT_STREAM_HEADERS, ...headers })

/** The same for a body of another kind that is written piece by piece. */
export function writtenResponse(writer: EventWriter, headers: Record<string, string>): Response {
  const response = new Response(readableOf(writer), { headers })
  writers.set(response, writer)
  return response
}

/** The writer behind a response made by `eventStreamResponse`, for hosts that write to the socket themselves. */
export const eventWriterOf = (response: Response): EventWriter | undefined => writers.get(response)

const encoder = new TextEncoder()

/** Writes that may wait to be read before the writer has to. */
const WRITES_AHEAD = 16

/** The same stream for everybody else: it starts with the first read and runs only a little ahead of its reader. */
export function readableOf(writer: EventWriter): ReadableStream<Uint8Array> {
  /** Made by the first read: most streams are written to a socket and never read. */
  let leave: AbortController | undefined
  /** What every write waits for while the reader is behind. */
  let demand: { promise: Promise<void>; meet(): void } | undefined
  const meetDemand = () => {
    demand?.meet()
    demand = undefined
  }

  const run = (controller: ReadableStreamDefaultController<Uint8Array>, signal: AbortSignal) =>
    writer({
      signal,
      write(text) {
        if (signal.aborted) return
        controller.enqueue(encoder.encode(text))
        if ((controller.desiredSize ?? 0) > -WRITES_AHEAD) return
        demand ??= newDemand()
        return demand.promise
      },
    })

  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        meetDemand()
        if (leave) return
        leave = new AbortController()
        const { signal } = leave
        const close = () => signal.aborted || controller.close()
        run(controller, signal).then(close, (failure) => signal.aborted || controller.error(failure))
      },
      cancel() {
        meetDemand()
        if (leave) return leave.abort()
        // A stream nobody ever read still has to hear that its reader left.
        return writer({ signal: AbortSignal.abort(), write: () => undefined })
      },
    },
    { highWaterMark: 0 },
  )
}

function newDemand() {
  let meet: () => void = () => undefined
  const promise = new Promise<void>((resolve) => {
    meet = resolve
  })
  return { promise, meet }
}
