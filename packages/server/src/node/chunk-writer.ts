import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Text that waits for the end of the turn, at most. */
const MOST_WAITING = 16_384

/** Writes texts to a response whose head is sent. */
export interface ChunkWriter {
  /** @returns what to wait for `drain` on when nothing more should be written yet, else `undefined`. */
  write(text: string): Socket | ServerResponse | undefined
  /** Ends the response behind everything written. */
  end(): void
}

/**
 * Writes to the socket itself, what comes in one turn of the event loop as one piece: a system call costs as much as
 * all else that a token needs, and Node's own chunked writing hands four buffers per chunk to the socket.
 */
export function createChunkWriter(response: ServerResponse): ChunkWriter {
  let waiting = ''
  let full: Socket | ServerResponse | undefined

  const flush = () => {
    if (waiting === '') return
    const text = waiting
    waiting = ''
    full = writeChunk(response, text)
  }

  return {
    write(text) {
      if (waiting === '') process.nextTick(flush) // behind all that is ready to run now
      waiting += text
      if (waiting.length > MOST_WAITING) flush()
      return full?.writableNeedDrain ? full : undefined
    },
    end() {
      response.socket?.cork() // the last text and the end leave together: `end` uncorks
      flush()
      response.end()
    },
  }
}

function writeChunk(response: ServerResponse, text: string): Socket | ServerResponse | undefined {
  const { socket } = response
  // Without a socket another answer on the connection comes first; without chunks the other side speaks HTTP/1.0.
  if (!socket || !response.chunkedEncoding) return response.write(text) ? undefined : response
  const size = Buffer.byteLength(text)
  const encoding = size === text.length ? 'latin1' : 'utf8' // nothing but ASCII: the cheaper way to the same bytes
  return socket.write(`${size.toString(16)}\r\n${text}\r\n`, encoding) ? undefined : socket
}
