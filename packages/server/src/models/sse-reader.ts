/**
 * Reads server-sent events: for each chunk of bytes that completes any, the `data` of all of them. What arrived
 * together stays together, so that a reader can make one event of many tokens. Events may be cut anywhere, in the
 * middle of a character too; lines end in LF or CRLF.
 */
export async function* readSseData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  let open: string | undefined // the data lines of the event that is not complete yet
  for await (const bytes of body) {
    const text = rest + decoder.decode(bytes, { stream: true })
    const complete: string[] = []
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = text.slice(start, text.charCodeAt(end - 1) === CR && end > start ? end - 1 : end)
      start = end + 1
      if (line === '') {
        if (open !== undefined) complete.push(open)
        open = undefined
      } else open = addLine(open, line)
    }
    rest = text.slice(start)
    if (complete.length > 0) yield complete
  }
  // some hosts leave out the blank line behind the last event
  const last = addLine(open, rest + decoder.decode())
  if (last !== undefined) yield [last]
}

const CR = 13

/** The event's data with one more line of the stream; other fields and comments change nothing. */
function addLine(open: string | undefined, line: string): string | undefined {
  if (!line.startsWith('data:')) return open
  const value = line.slice(line.charCodeAt(5) === SPACE ? 6 : 5)
  return open === undefined ? value : `${open}\n${value}`
}

const SPACE = 32
