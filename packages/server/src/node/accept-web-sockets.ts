import type { IncomingMessage, Server } from 'node:http'
import type { SocketRoute } from '../http/socket-route.js'
import { refuseConnection } from './refuse-connection.js'
import type { SocketPatience, WebSockets } from './web-sockets.js'

/**
 * Opens the sockets of `routes` on a server. The code that speaks WebSocket is loaded with the first one.
 * @returns what tells every client that the server goes away, and opens no more
 */
export function acceptWebSockets(
  server: Server,
  routes: readonly SocketRoute[],
  fetch: (request: Request) => Promise<Response>,
  patience: SocketPatience,
): () => void {
  let loaded: Promise<WebSockets> | undefined
  let closing = false
  const load = async () => (await import('./web-sockets.js')).createWebSockets(fetch, patience)
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const pathname = pathOf(request)
    const route = routes.find(({ matches }) => matches(pathname))
    if (!route) return refuseConnection(socket, { ...NO_SOCKET, message: `No WebSocket is served at ${pathname}.` })
    if (closing) return refuseConnection(socket, CLOSING)
    loaded ??= load()
    loaded.then(
      (sockets) => sockets.upgrade(request, socket, head, route),
      () => refuseConnection(socket, BROKEN),
    )
  })
  return () => {
    closing = true
    void loaded?.then((sockets) => sockets.close())
  }
}

const NO_SOCKET = { status: 404, code: 'not_found' }
const CLOSING = {
  status: 503,
  code: 'unavailable',
  message: 'The server is shutting down. Try again in a moment.',
  retryAfter: 2,
}
const BROKEN = { status: 500, code: 'internal', message: 'The server failed to open a WebSocket.' }

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/'
