import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SocketRoute } from '../http/socket-route.js'
import type { WebSockets } from './web-sockets.js'

/**
 * Opens the sockets of `routes` on a server. The code that speaks WebSocket is loaded with the first one.
 * @returns what tells every client that the server goes away
 */
export function acceptWebSockets(
  server: Server,
  routes: readonly SocketRoute[],
  fetch: (request: Request) => Promise<Response>,
): () => void {
  let loaded: Promise<WebSockets> | undefined
  const load = async () => (await import('./web-sockets.js')).createWebSockets(fetch)
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const pathname = pathOf(request)
    const route = routes.find(({ matches }) => matches(pathname))
    if (!route) return refuse(socket, '404 Not Found')
    loaded ??= load()
    loaded.then(
      (sockets) => sockets.upgrade(request, socket, head, route),
      () => refuse(socket, '500 Internal Server Error'),
    )
  })
  return () => void loaded?.then((sockets) => sockets.close())
}

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/'

const refuse = (socket: Duplex, status: string) => socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`)
