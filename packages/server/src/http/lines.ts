export const LINES_TYPE = 'application/x-ndjson'

/** Text that is handed on at once: many short lines, or one long one. */
const PIECE_CHARACTERS = 64 * 1024

const encoder = new TextEncoder()

/** A long answer as JSON lines. They are made no faster than they are read; when one cannot be made, the answer breaks off. */
export function linesResponse(lines: AsyncIterable<unknown>): Response {
  const iterator = lines[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = ''
        while (text.length < PIECE_CHARACTERS) {
          const next = await iterator.next()
          if (next.done) {
            if (text !== '') controller.enqueue(encoder.encode(text))
            controller.close()
            return
          }
          text += `${JSON.stringify(next.value)}\n`
        }
        controller.enqueue(encoder.encode(text))
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': LINES_TYPE } })
}
