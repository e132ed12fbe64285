import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { ModelHttpRequest, ModelHttpResponse, ModelTransport } from '../models/transport.js'

const KEEP_ALIVE = { keepAlive: true, noDelay: true, scheduling: 'lifo', maxFreeSockets: 1_024 } as const
/** A reader this far behind makes the host wait. */
const BUFFER_BYTES = 1_048_576

/**
 * Reaches model hosts over `node:http(s)` with kept-open connections. Everything that arrived in one turn of the event
 * loop is one chunk, which makes one text event of many tokens.
 */
export function createModelTransport(): ModelTransport {
  const http = new HttpAgent(KEEP_ALIVE)
  const https = new HttpsAgent(KEEP_ALIVE)
  return (url, request) => {
    const target = new URL(url)
    const open = target.protocol === 'https:' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const sent = open(
        target,
        {
          method: request.method,
          headers: headersOf(request),
          agent: target.protocol === 'https:' ? https : http,
          signal: request.signal,
        },
        (response) => resolve(toResponse(response)),
      )
      sent.once('error', reject)
      sent.end(request.body)
    })
  }
}

const headersOf = ({ headers, body }: ModelHttpRequest): Record<string, string> =>
  body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) }

function toResponse(message: IncomingMessage): ModelHttpResponse {
  const body = readTurns(message)
  return {
    status: message.statusCode ?? 0,
    headers: {
      get(name) {
        const value = message.headers[name.toLowerCase()]
        return Array.isArray(value) ? value.join(', ') : (value ?? null)
      },
    },
    body,
    async text() {
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(chunk)
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}

/** The bytes of a message, one chunk for all that arrived since the last was taken. */
function readTurns(message: IncomingMessage): AsyncIterableIterator<Uint8Array> {
  let arrived: Buffer[] = []
  let size = 0
  let ended = false
  let failure: unknown
  let wake: (() => void) | undefined
  message.on('data', (chunk: Buffer) => {
    arrived.push(chunk)
    size += chunk.length
    if (size > BUFFER_BYTES) message.pause()
    wake?.()
  })
  message.once('end', () => {
    ended = true
    wake?.()
  })
  message.once('error', (error) => {
    failure = error
    wake?.()
  })
  const take = (): Uint8Array | undefined => {
    const [first] = arrived
    if (!first) return undefined
    const chunk = arrived.length === 1 ? first : Buffer.concat(arrived, size)
    arrived = []
    size = 0
    if (message.isPaused()) message.resume()
    return chunk
  }
  return {
    async next() {
      while (true) {
        const value = take()
        if (value) return { done: false, value }
        if (failure) throw failure
        if (ended) return { done: true, value: undefined }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async return() {
      if (!ended) message.destroy()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
