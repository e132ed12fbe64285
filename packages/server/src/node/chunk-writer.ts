import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Writes texts to a response whose head is sent, each as one piece. Node's own chunked writing hands four buffers per
 * chunk to the socket, which for a token at a time is a good part of what a stream costs.
 *
 * @returns what to wait for `drain` on when nothing more should be written yet, else `undefined`.
 */
export function writeChunk(response: ServerResponse, text: string): Socket | ServerResponse | undefined {
  const { socket } = response
  // Without a socket another answer on the connection comes first; without chunks the other side speaks HTTP/1.0.
  if (!socket || !response.chunkedEncoding) return response.write(text) ? undefined : response
  const size = Buffer.byteLength(text)
  const encoding = size === text.length ? 'latin1' : 'utf8' // nothing but ASCII: the cheaper way to the same bytes
  return socket.write(`${size.toString(16)}\r\n${text}\r\n`, encoding) ? undefined : socket
}
