import type { ThreadStreamEvent } from '@parley/protocol'
import { eventWriterOf } from '../../http/event-stream.js'
import type { SocketRoute } from '../../http/socket-route.js'
import { type SocketEvent, toSocketEvents } from './socket-events.js'

/**
 * The endpoint over a WebSocket: `GET {path}/ws` and `GET {path}/{app_id}/ws`. A message is the body of a request to
 * the endpoint, its answer a message per event; `request_id`, when the message has one, comes back with each of them.
 * `?events=chatkit` asks for ChatKit's own events instead of those of seed 002.
 */
export const chatKitSocket = (path: string): SocketRoute => ({
  matches: (pathname) => pathname.startsWith(`${path}/`) && /^(\/[^/]+)?\/ws$/.test(pathname.slice(path.length)),
  async answer(text, opened, exchange) {
    const { requestId, threadId } = readEnvelope(text)
    const native = new URL(opened.url).searchParams.get('events') === 'chatkit'
    const send = (event: object) =>
      exchange.send(JSON.stringify(requestId === undefined ? event : { ...event, request_id: requestId }))
    const response = await exchange.fetch(toRequest(text, opened, exchange.signal))
    const writer = eventWriterOf(response)
    if (!writer) return void (await send(await toResult(response)))
    const encode = native ? (event: ThreadStreamEvent) => [event] : socketEncoder(threadId)
    await writer({
      signal: exchange.signal,
      async write(batch) {
        for (const event of parseEvents(batch)) for (const message of encode(event)) await send(message)
      },
    })
  },
})

/** What the socket has to know of a message; whether it is a request at all is for the endpoint to say. */
function readEnvelope(text: string): { requestId?: unknown; threadId?: string } {
  try {
    const message = JSON.parse(text)
    return { requestId: message?.request_id, threadId: message?.params?.thread_id ?? message?.thread_id }
  } catch {
    return {} // the endpoint answers that it is not JSON
  }
}

function toRequest(text: string, opened: Request, signal: AbortSignal): Request {
  const url = new URL(opened.url)
  url.pathname = url.pathname.replace(/\/ws$/, '')
  url.search = ''
  const headers = new Headers(opened.headers)
  headers.set('content-type', 'application/json')
  headers.delete('parley-client') // ours come back by their own way, with event ids
  return new Request(url, { method: 'POST', headers, body: text, signal })
}

async function toResult(response: Response): Promise<SocketEvent> {
  const body: unknown = await response.json()
  return response.ok ? { type: 'result', result: body } : { type: 'error', error: Object(body).error }
}

/** Follows the stream to know which thread its tokens are of. */
function socketEncoder(threadId = '') {
  let current = threadId
  return (event: ThreadStreamEvent) => {
    if (event.type === 'thread.created') current = event.thread.id
    return toSocketEvents(event, current)
  }
}

/** The events in what the endpoint writes at once: whole ones, a `data:` line each. */
const parseEvents = (batch: string): ThreadStreamEvent[] =>
  batch
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)))
