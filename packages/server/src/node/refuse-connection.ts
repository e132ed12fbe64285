import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { SECURITY_HEADERS } from '../http/security-headers.js'

/** Answers a connection that never became a request, in the words of every other failure, and closes it. */
export function refuseConnection(
  socket: Duplex,
  { status, code, message, retryAfter }: { status: number; code: string; message: string; retryAfter?: number },
): void {
  if (!socket.writable || isAnswering(socket)) return void socket.destroy()
  const body = refusalBody({ status, code, message })
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
}

/** What is answered where no dialect is known yet. */
export function refusalBody({ status, code, message }: { status: number; code: string; message: string }): string {
  const type = status >= 500 ? 'server_error' : status === 404 ? 'not_found_error' : 'invalid_request_error'
  return JSON.stringify({ error: { type, code, message } })
}

/** Node's own mark of a connection whose answer has begun: what is written now would be read as part of it. */
const isAnswering = (socket: Duplex & { _httpMessage?: { headersSent: boolean } | null }) =>
  socket._httpMessage?.headersSent === true
