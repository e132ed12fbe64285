import { ERRORS, type ThreadStreamEvent } from '@parley/protocol'
import { toParleyError } from '../../http/error-response.js'
import { eventWriterOf } from '../../http/event-stream.js'
import type { Farewell, SocketRoute } from '../../http/socket-route.js'
import { encodeForSocket, type SocketEvent, type SocketRateLimit } from './encode-socket.js'

export interface ChatKitSocketOptions {
  /** Where the endpoint is. */
  path: string
  /** Who is calling which app. @throws {ParleyError} when the credential is no longer good for it */
  callOf(request: Request, appId?: string): Promise<unknown>
}

/**
 * The endpoint over a WebSocket: `GET {path}/ws` and `GET {path}/{app_id}/ws`. A message is the body of a request to
 * the endpoint, its answer a message per event; `request_id`, when the message has one, comes back with each of them,
 * what is left of the limits with the first. `?events=chatkit` asks for ChatKit's own events instead of those of seed
 * 002. A credential that is over ends the connection.
 */
export const chatKitSocket = ({ path, callOf }: ChatKitSocketOptions): SocketRoute => ({
  matches: (pathname) => pathname.startsWith(`${path}/`) && /^(\/[^/]+)?\/ws$/.test(pathname.slice(path.length)),
  async check(opened) {
    const appId = /^\/([^/]+)\/ws$/.exec(new URL(opened.url).pathname.slice(path.length))?.[1]
    try {
      await callOf(toRequest('', opened), appId && decodeURIComponent(appId))
      return undefined
    } catch (thrown) {
      const { code, message } = toParleyError(thrown)
      const farewell = farewellOf(ERRORS[code].status, code)
      return farewell && { ...farewell, message: JSON.stringify({ type: 'error', error: { code, message } }) }
    }
  },
  async answer(text, opened, exchange) {
    const { requestId, threadId } = readEnvelope(text)
    const native = new URL(opened.url).searchParams.get('events') === 'chatkit'
    const response = await exchange.fetch(toRequest(text, opened, exchange.signal))
    let rate = rateOf(response.headers)
    const send = (event: object) => {
      const message = {
        ...event,
        ...(requestId !== undefined && { request_id: requestId }),
        ...(rate && { rate_limit: rate }),
      }
      rate = undefined
      return exchange.send(JSON.stringify(message))
    }
    const writer = eventWriterOf(response)
    if (!writer) {
      const result = await toResult(response)
      await send(result)
      return result.type === 'error' ? farewellOf(response.status, result.error.code) : undefined
    }
    const encode = native ? (event: ThreadStreamEvent) => [event] : socketEncoder(threadId)
    await writer({
      signal: exchange.signal,
      async write(batch) {
        for (const event of parseEvents(batch)) for (const message of encode(event)) await send(message)
      },
    })
    return undefined
  },
})

/** Whoever is not or no longer known has nothing to do here; every other failure is that of one message. */
function farewellOf(status: number, code: string): Farewell | undefined {
  return status === 401 ? { code: 4401, reason: code } : undefined
}

function rateOf(headers: Headers): SocketRateLimit | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`))
  if (limit == null) return undefined
  return { limit: Number(limit), remaining: Number(remaining), reset: Number(reset) }
}

/** What the socket has to know of a message; whether it is a request at all is for the endpoint to say. */
function readEnvelope(text: string): { requestId?: unknown; threadId?: string } {
  try {
    const message = JSON.parse(text)
    return { requestId: message?.request_id, threadId: message?.params?.thread_id ?? message?.thread_id }
  } catch {
    return {} // the endpoint answers that it is not JSON
  }
}

function toRequest(text: string, opened: Request, signal?: AbortSignal): Request {
  const url = new URL(opened.url)
  url.pathname = url.pathname.replace(/\/ws$/, '')
  url.search = ''
  const headers = new Headers(opened.headers)
  headers.set('content-type', 'application/json')
  headers.delete('parley-client') // ours come back by their own way, with event ids
  return new Request(url, { method: 'POST', headers, body: text, ...(signal && { signal }) })
}

async function toResult(response: Response): Promise<SocketEvent> {
  const body: unknown = await response.json()
  if (response.ok) return { type: 'result', result: body }
  const retryAfter = response.headers.get('retry-after')
  return {
    type: 'error',
    error: { ...Object(body).error, ...(retryAfter !== null && { retry_after: Number(retryAfter) }) },
  }
}

/** Follows the stream to know which thread its tokens are of. */
function socketEncoder(threadId = '') {
  let current = threadId
  return (event: ThreadStreamEvent) => {
    if (event.type === 'thread.created') current = event.thread.id
    return encodeForSocket(event, current)
  }
}

/** The events in what the endpoint writes at once: whole ones, a `data:` line each. */
const parseEvents = (batch: string): ThreadStreamEvent[] =>
  batch
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)))
