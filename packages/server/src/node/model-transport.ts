import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { HostSilence, type ModelHttpResponse, type ModelTransport } from '../models/transport.js'

const KEEP_ALIVE = { keepAlive: true, noDelay: true, scheduling: 'lifo', maxFreeSockets: 1_024 } as const
/** Models that think say nothing for minutes. */
const SILENCE_MS = 300_000
/** A reader this far behind makes the host wait. */
const MOST_WAITING = 1_048_576

/**
 * Reaches model hosts over `node:http(s)` with kept-open connections. Everything that arrived in one turn of the event
 * loop is one piece, which makes one text event of many tokens. A host that says nothing for `silenceMs` is given up.
 */
export function createModelTransport({ silenceMs = SILENCE_MS }: { silenceMs?: number } = {}): ModelTransport {
  const http = new HttpAgent(KEEP_ALIVE)
  const https = new HttpsAgent(KEEP_ALIVE)
  return (url, request) => {
    const target = new URL(url)
    const open = target.protocol === 'https:' ? httpsRequest : httpRequest
    // As text, a long body would be measured, joined to the head and encoded, each a walk over all of it.
    const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body
    return new Promise((resolve, reject) => {
      let answer: IncomingMessage | undefined
      const sent = open(
        target,
        {
          method: request.method,
          headers: body === undefined ? request.headers : { ...request.headers, 'content-length': body.byteLength },
          agent: target.protocol === 'https:' ? https : http,
        },
        (response) => {
          answer = response
          resolve(toResponse(response, request.isBinary ? 'latin1' : 'utf8'))
        },
      )
      sent.setTimeout(silenceMs, () => (answer ?? sent).destroy(new HostSilence(silenceMs / 1000)))
      sent.once('error', reject)
      if (request.signal) destroyOnAbort(sent, request.signal)
      sent.end(body)
    })
  }
}

/** Node's own `signal` option watches all of a request's life, which costs it a tenth more. */
function destroyOnAbort(sent: ClientRequest, signal: AbortSignal): void {
  const stop = () => sent.destroy(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  sent.once('close', () => signal.removeEventListener('abort', stop))
}

function toResponse(message: IncomingMessage, encoding: BufferEncoding): ModelHttpResponse {
  const body = readTurns(message, encoding)
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
      let text = ''
      for await (const piece of body) text += piece
      return text
    },
  }
}

/** The text of a message, one piece for all that arrived since the last was taken. */
function readTurns(message: IncomingMessage, encoding: BufferEncoding): AsyncIterableIterator<string> {
  let arrived = ''
  let ended = false
  let failure: unknown
  let wake: (() => void) | undefined
  message.setEncoding(encoding)
  message.on('data', (text: string) => {
    arrived += text
    if (arrived.length > MOST_WAITING) message.pause()
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
  return {
    async next() {
      while (true) {
        if (arrived !== '') {
          const value = arrived
          arrived = ''
          if (message.isPaused()) message.resume()
          return { done: false, value }
        }
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
