/**
 * Reads server-sent events: `read` takes a piece of the stream and answers the `data` of every event it completes. What
 * arrived together stays together, so that one event can be made of many tokens. Events may be cut anywhere; lines end
 * in LF or CRLF.
 */
export function createSseReader() {
  let rest: string | undefined // of the line that is not complete yet
  let open: string | undefined // the data lines of the event that is not complete yet

  return {
    read(piece: string): string[] {
      const text = rest === undefined ? withoutByteOrderMark(piece) : rest + piece
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
      return complete
    },
    /** The stream is over: some hosts leave out the blank line behind the last event. */
    end(): string[] {
      const last = addLine(open, rest ?? '')
      return last === undefined ? [] : [last]
    },
  }
}

const CR = 13

const withoutByteOrderMark = (text: string) => text.replace(/^\uFEFF/, '')

/** The event's data with one more line of the stream; other fields and comments change nothing. */
function addLine(open: string | undefined, line: string): string | undefined {
  if (!line.startsWith('data:')) return open
  const value = line.slice(line.charCodeAt(5) === SPACE ? 6 : 5)
  return open === undefined ? value : `${open}\n${value}`
}

const SPACE = 32
