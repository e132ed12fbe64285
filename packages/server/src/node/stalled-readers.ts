import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Cuts connections whose reader takes nothing of what was sent to it for `stalledMs`, be it a stream, a file or a
 * WebSocket. A slow reader that takes a little is left alone, and so is one that waits for something to be sent.
 *
 * @returns the open connections
 */
export function cutStalledReaders(server: Server, stalledMs: number): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('timeout', cutIfStalled)
  })

  function cutIfStalled(this: Socket): void {
    if (this.timeout === stalledMs && this.writableLength > 0) this.destroy()
  }

  // Looking now and then costs a stream nothing. The clock of a socket starts anew with every byte that is taken.
  const watch = setInterval(() => {
    for (const socket of sockets) {
      const isWatched = socket.timeout === stalledMs
      if (socket.writableLength > 0 !== isWatched) socket.setTimeout(isWatched ? 0 : stalledMs)
    }
  }, stalledMs / 4).unref()
  server.on('close', () => clearInterval(watch))
  return sockets
}
