import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Farewell, SocketRoute } from '../http/socket-route.js'

/** How long a client may take to say goodbye. */
const GOODBYE_MS = 1_000
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024
/** A reader this far behind makes its answers wait. */
const BUFFER_BYTES = 1024 * 1024
/** Messages of one client that are answered at the same time; one more closes the socket. */
const MAX_ANSWERS = 64

/** How long sockets may be quiet, in milliseconds. */
export interface SocketPatience {
  /** How often a connection has to show that it is there. */
  socketPingMs: number
  /** How often its credential is looked at again. */
  socketCheckMs: number
  /** How long nothing may be asked on a connection on which nothing is answered. */
  socketIdleMs: number
}

/** A connection, and what it is used for. */
interface Connection {
  client: WebSocket
  opened: Request
  route: SocketRoute
  /** Whether it has not answered to the last ping. */
  silent: boolean
  /** Messages that are being answered. */
  answers: number
  askedAt: number
  /** Why it is closed as soon as nothing is being answered on it. */
  farewell?: Farewell
}

export interface WebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, route: SocketRoute): void
  /** Tells every client that the server goes away, now or behind its last answer: it may come back to another process. */
  close(): void
}

/** Speaks WebSocket for the routes that ask for it; every message is answered through `fetch`. */
export function createWebSockets(fetch: (request: Request) => Promise<Response>, patience: SocketPatience): WebSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => [...offered].find((name) => !name.startsWith(BEARER)) ?? false,
  })
  const connections = new Set<Connection>()
  let closing = false

  /** Looks at the credential: when it was given, and from time to time. */
  const lookAt = async (connection: Connection) => {
    const farewell = await connection.route.check(connection.opened)
    if (farewell) part(connection, farewell)
  }

  const heartbeat = setInterval(() => {
    for (const connection of connections) {
      if (connection.silent) connection.client.terminate()
      else {
        connection.silent = true
        connection.client.ping()
      }
    }
  }, patience.socketPingMs).unref()

  const watch = setInterval(() => {
    for (const connection of connections) {
      const isIdle = connection.answers === 0 && performance.now() - connection.askedAt > patience.socketIdleMs
      if (isIdle) part(connection, IDLE)
      else void lookAt(connection)
    }
  }, patience.socketCheckMs).unref()

  const answer = async (connection: Connection, text: string, signal: AbortSignal) => {
    const { client, opened, route } = connection
    connection.askedAt = performance.now()
    connection.answers += 1
    if (connection.answers > MAX_ANSWERS) return client.close(1008, 'Too many requests at once.')
    const send = (words: string) => sendText(client, words)
    const farewell = await route.answer(text, opened, { fetch, signal, send }).catch(() => BROKEN)
    connection.askedAt = performance.now()
    connection.answers -= 1
    const reason = farewell ?? connection.farewell ?? (closing ? GOING_AWAY : undefined)
    if (reason) part(connection, reason)
  }

  const serve = (client: WebSocket, opened: Request, route: SocketRoute) => {
    const connection: Connection = { client, opened, route, silent: false, answers: 0, askedAt: performance.now() }
    const left = new AbortController()
    connections.add(connection)
    client.on('close', () => {
      connections.delete(connection)
      left.abort()
    })
    // The library has said what was wrong, e.g. that a message is too large; whoever does not hear it is cut.
    client.on('error', () => cutSoon(client))
    client.on('pong', () => {
      connection.silent = false
    })
    client.on('message', (data, isBinary) => {
      if (isBinary) return client.close(1003, 'Send text.')
      void answer(connection, data.toString(), left.signal)
    })
    void lookAt(connection)
  }

  return {
    upgrade: (request, socket, head, route) =>
      server.handleUpgrade(request, socket, head, (client) => serve(client, toRequest(request), route)),
    close() {
      closing = true
      clearInterval(heartbeat)
      clearInterval(watch)
      for (const connection of connections) if (connection.answers === 0) part(connection, GOING_AWAY)
    },
  }
}

const GOING_AWAY: Farewell = { code: 1001, reason: 'The server is shutting down.' }
const BROKEN: Farewell = { code: 1011, reason: 'The answer broke off.' }
const IDLE: Farewell = { code: 4408, reason: 'Nothing was asked for a long time.' }

/** Closes a connection, behind its last answer. */
function part(connection: Connection, farewell: Farewell): void {
  connection.farewell ??= farewell
  const { client, answers } = connection
  if (answers > 0 || client.readyState !== client.OPEN) return
  const { message, code, reason } = connection.farewell
  if (message !== undefined) client.send(message)
  client.close(code, reason)
  cutSoon(client)
}

const cutSoon = (client: WebSocket) => void setTimeout(() => client.terminate(), GOODBYE_MS).unref()

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
