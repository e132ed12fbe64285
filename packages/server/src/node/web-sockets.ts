import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { SocketRoute } from '../http/socket-route.js'

/** A connection nobody answers on for this long is closed. */
const PING_MS = 30_000
/** How long a client may take to say goodbye. */
const GOODBYE_MS = 1_000
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024
/** A reader this far behind makes its answers wait. */
const BUFFER_BYTES = 1024 * 1024
/** Messages of one client that are answered at the same time; one more closes the socket. */
const MAX_ANSWERS = 64

export interface WebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, route: SocketRoute): void
  /** Tells every client that the server goes away, now or behind its last answer: it may come back to another process. */
  close(): void
}

/** Speaks WebSocket for the routes that ask for it; every message is answered through `fetch`. */
export function createWebSockets(fetch: (request: Request) => Promise<Response>): WebSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => [...offered].find((name) => !name.startsWith(BEARER)) ?? false,
  })
  const waiting = new WeakSet<WebSocket>()
  const answers = new Map<WebSocket, number>()
  let closing = false
  const goAway = (client: WebSocket) => {
    client.close(1001, 'The server is shutting down.')
    setTimeout(() => client.terminate(), GOODBYE_MS).unref()
  }
  const heartbeat = setInterval(() => {
    for (const client of server.clients) {
      if (waiting.has(client)) client.terminate()
      else {
        waiting.add(client)
        client.ping()
      }
    }
  }, PING_MS).unref()

  const serve = (client: WebSocket, opened: Request, route: SocketRoute) => {
    const left = new AbortController()
    const busy = (change: number) => answers.set(client, (answers.get(client) ?? 0) + change).get(client) ?? 0
    busy(0)
    client.on('close', () => {
      answers.delete(client)
      left.abort()
    })
    client.on('error', () => client.terminate())
    client.on('pong', () => waiting.delete(client))
    client.on('message', (data, isBinary) => {
      if (isBinary) return client.close(1003, 'Send text.')
      if (busy(1) > MAX_ANSWERS) return client.close(1008, 'Too many requests at once.')
      route
        .answer(data.toString(), opened, { fetch, signal: left.signal, send: (text) => sendText(client, text) })
        .catch(() => client.close(1011, 'The answer broke off.'))
        .finally(() => {
          if (busy(-1) === 0 && closing) goAway(client)
        })
    })
  }

  return {
    upgrade: (request, socket, head, route) =>
      server.handleUpgrade(request, socket, head, (client) => serve(client, toRequest(request), route)),
    close() {
      closing = true
      clearInterval(heartbeat)
      for (const [client, open] of answers) if (open === 0) goAway(client)
    },
  }
}

function sendText(client: WebSocket, text: string): void | Promise<void> {
  if (client.readyState !== client.OPEN) return
  if (client.bufferedAmount < BUFFER_BYTES) return client.send(text)
  return new Promise((resolve) => client.send(text, () => resolve()))
}

/** Browsers cannot set headers on a WebSocket: `new WebSocket(url, ['chatkit', 'bearer.' + token])` carries the token. */
const BEARER = 'bearer.'

function toRequest({ headers, url = '/' }: IncomingMessage): Request {
  const given = new Headers()
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') given.set(name, value)
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  const token = protocols.find((name) => name.startsWith(BEARER))?.slice(BEARER.length)
  if (token && !given.has('authorization')) given.set('authorization', `Bearer ${token}`)
  for (const name of [...given.keys()]) if (HANDSHAKE.test(name)) given.delete(name)
  return new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), { headers: given })
}

/** What belongs to the opening of the socket, not to the requests over it. */
const HANDSHAKE = /^(sec-websocket-.*|connection|upgrade|host|content-length)$/
