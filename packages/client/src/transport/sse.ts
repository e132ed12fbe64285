/** One server-sent event: its data lines joined, its name if it has one, and its id when the server numbers its events. */
export interface SseMessage {
  id?: string
  event?: string
  data: string
}

/**
 * Reads server-sent events from a byte stream, whatever the chunks: split lines, split characters, CRLF, comments.
 * The body is released when the reader stops early. Source: HTML Standard, section 9.2.6.
 */
export async function* readSse(body: ReadableStream<Uint8Array>): AsyncGenerator<SseMessage, void, undefined> {
  const reader = body.getReader()
  const parser = createSseParser()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return // an event without its closing blank line is incomplete and is dropped, as the standard says
      yield* parser.push(value)
    }
  } finally {
    // Cancelling an errored stream rejects with the error the reader has already thrown.
    reader.cancel().catch(() => undefined)
  }
}

/** The parser behind `readSse`: bytes in, complete events out. */
export function createSseParser(): { push(chunk: Uint8Array): SseMessage[] } {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  let id: string | undefined
  let event: string | undefined
  let skipLineFeed = false

  function takeLine(line: string, into: SseMessage[]): void {
    if (line === '') {
      if (data.length > 0)
        into.push({ ...(id !== undefined && { id }), ...(event && { event }), data: data.join('\n') })
      data = []
      event = undefined
      return
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
  }

  return {
    push(chunk) {
      const messages: SseMessage[] = []
      let text = decoder.decode(chunk, { stream: true })
      if (skipLineFeed && text.startsWith('\n')) text = text.slice(1)
      if (text === '') return messages
      skipLineFeed = text.endsWith('\r') // a CR ends the line at once; an LF that follows belongs to it
      const lines = (rest + text).split(/\r\n|\r|\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) takeLine(line, messages)
      return messages
    },
  }
}
