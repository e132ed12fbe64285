import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type EventWriter, eventWriterOf } from '../http/event-stream.js'
import { SECURITY_HEADERS } from '../http/security-headers.js'
import type { SocketRoute } from '../http/socket-route.js'
import { acceptWebSockets } from './accept-web-sockets.js'
import { createChunkWriter } from './chunk-writer.js'
import { refusalBody, refuseConnection } from './refuse-connection.js'
import { cutStalledReaders } from './stalled-readers.js'
import type { SocketPatience } from './web-sockets.js'

/** A listening server. */
export interface Listener {
  url: string
  /** How many connections are open. */
  connections(): number
  /** Goes on answering, but lets no connection live longer than its answer: clients come back to another process. */
  drain(): void
  /**
   * Stops accepting; resolves when the last open request is over, or was cut because it took longer than `patienceMs`.
   * Idle connections close at once.
   */
  close(patienceMs?: number): Promise<void>
}

/** How long clients may take, in milliseconds. */
export interface Patience extends SocketPatience {
  /** To send the head of a request. */
  headersMs: number
  /** To send all of a request. */
  requestMs: number
  /** To take any of what was sent to them. */
  stalledMs: number
  /** To send another request on a connection that is kept open. */
  idleMs: number
}

const PATIENCE: Patience = {
  headersMs: 20_000,
  requestMs: 300_000,
  stalledMs: 60_000,
  idleMs: 65_000,
  socketPingMs: 30_000,
  socketCheckMs: 10_000,
  socketIdleMs: 15 * 60_000,
}
const CHECK_MS = 5_000
const CLOSE_IDLE_MS = 50

/**
 * A fetch handler as a listener of Node's `http` servers, e.g. `createServer(nodeListener(handler))` or, in Express,
 * `app.all('/api/chatkit', nodeListener(handler))` before any body parser. Event streams go straight to the raw
 * response: web streams would cost a quarter of the time per token.
 */
export const nodeListener = (fetch: (request: Request) => Promise<Response>) =>
  getRequestListener(
    async (request, { outgoing }) => {
      const response = await fetch(request)
      const writer = eventWriterOf(response)
      if (!writer) return response
      await writeEvents(response, writer, outgoing as ServerResponse) // HTTP/2 has its own response class; not served here
      return RESPONSE_ALREADY_SENT
    },
    { errorHandler: (thrown) => refusal(thrown instanceof RequestError ? NO_ADDRESS : FAILED) },
  )

const NO_ADDRESS = { status: 400, code: 'invalid_request', message: 'The address or the Host header is not valid.' }
const FAILED = { status: 500, code: 'internal', message: 'The server failed to answer this request.' }

const refusal = (what: typeof FAILED) =>
  new Response(refusalBody(what), {
    status: what.status,
    headers: { ...SECURITY_HEADERS, 'content-type': 'application/json' },
  })

/**
 * Serves a fetch handler on Node; see {@link nodeListener}. `sockets` are opened as WebSockets. Whoever sends or takes
 * nothing for longer than `patience` is cut.
 *
 * @throws {ListenError} when the address cannot be used, in a sentence that says why.
 */
export async function listen(
  fetch: (request: Request) => Promise<Response>,
  address: { port: number; host: string },
  sockets: readonly SocketRoute[] = [],
  patience: Partial<Patience> = {},
): Promise<Listener> {
  const { headersMs, requestMs, stalledMs, idleMs, ...socketPatience } = { ...PATIENCE, ...patience }
  const server = createServer(
    {
      noDelay: true,
      requireHostHeader: false, // it is missed below, in an answer like any other
      keepAliveTimeout: idleMs,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(CHECK_MS, headersMs),
    },
    nodeListener(fetch),
  )
  const connections = cutStalledReaders(server, stalledMs)
  const closeSockets = acceptWebSockets(server, sockets, fetch, socketPatience)
  let draining = false
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseConnection(socket, badRequest(error.code)))
  server.prependListener('request', (_, response) => {
    if (draining) response.shouldKeepAlive = false
  })
  const drain = () => {
    draining = true
    closeSockets()
  }
  await bound(server, address)
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return {
    url: `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`,
    connections: () => connections.size,
    drain,
    close: (patienceMs) =>
      new Promise((resolve) => {
        drain()
        // Those that are answered now turn idle later.
        const closeIdle = () => {
          server.closeIdleConnections()
          // Clients open connections ahead of requests; Node calls one idle only behind its first.
          for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
        }
        const idle = setInterval(closeIdle, CLOSE_IDLE_MS)
        const cutAll = () => {
          for (const socket of connections) socket.destroy()
        }
        const cut = patienceMs === undefined ? undefined : setTimeout(cutAll, patienceMs)
        server.close(() => {
          clearInterval(idle)
          clearTimeout(cut)
          resolve()
        })
        closeIdle()
      }),
  }
}

/** What was wrong with bytes that never became a request, by Node's code. */
function badRequest(code = '') {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, code: 'invalid_request', message: 'The request took too long to arrive.' }
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, code: 'invalid_request', message: 'The headers are larger than the 16 KB accepted here.' }
  return { status: 400, code: 'invalid_request', message: 'This is not an HTTP request.' }
}

/** Why a server could not start to listen. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

function bound(server: Server, { port, host }: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(listenProblem(error, port, host))))
    server.listen(port, host, 4096, resolve)
  })
}

function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1}`
  if (error.code === 'EACCES') return `Port ${port} needs more rights than this program has. Choose one above 1023.`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return `HOST=${host} is not an address of this machine.`
  return `Could not listen on ${host}:${port} (${error.code ?? error.message}).`
}

async function writeEvents(response: Response, writer: EventWriter, outgoing: ServerResponse): Promise<void> {
  const left = new AbortController()
  const chunks = createChunkWriter(outgoing)
  const leave = () => left.abort()
  if (outgoing.destroyed)
    leave() // the client left while the answer was being prepared
  else {
    outgoing.once('close', leave)
    sendHead(response, outgoing)
  }
  await writer({
    signal: left.signal,
    write(text) {
      const full = left.signal.aborted ? undefined : chunks.write(text)
      return full && drained(full, outgoing)
    },
  })
  outgoing.off('close', leave)
  chunks.end()
}

/** Sends the head when the tick is over, together with the events that are there by then. */
function sendHead({ status, headers }: Response, outgoing: ServerResponse): void {
  const { socket } = outgoing
  socket?.cork()
  outgoing.writeHead(status, Object.fromEntries(headers))
  outgoing.flushHeaders()
  setImmediate(() => socket?.uncork())
}

/** Resolves when `full` takes more, or nobody is there to read it. */
function drained(full: Socket | ServerResponse, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      full.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    full.on('drain', done)
    outgoing.on('close', done)
  })
}
