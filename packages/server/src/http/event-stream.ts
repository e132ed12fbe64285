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
export function eventStreamResponse(writer: EventWriter, headers?: HeadersInit): Response {
  const leave = new AbortController()
  const encoder = new TextEncoder()
  let started = false
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (started) return
        started = true
        const sink: EventSink = {
          signal: leave.signal,
          async write(text) {
            controller.enqueue(encoder.encode(text))
            while ((controller.desiredSize ?? 1) < 0 && !leave.signal.aborted) await demand()
          },
        }
        void writer(sink)
          .catch(() => undefined)
          .finally(() => {
            if (!leave.signal.aborted) controller.close()
          })
      },
      cancel: () => leave.abort(),
    },
    { highWaterMark: 64 },
  )
  const demand = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
  const response = new Response(body, { headers: { ...EVENT_STREAM_HEADERS, ...Object.fromEntries(new Headers(headers)) } })
  writers.set(response, writer)
  return response
}

/** The writer behind a response made by `eventStreamResponse`, for hosts that write to the socket themselves. */
export const eventWriterOf = (response: Response): EventWriter | undefined => writers.get(response)
