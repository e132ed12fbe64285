import { connect, createServer, type Socket } from 'node:net'
import type { Running } from './http.js'

export interface Line extends Running {
  /** Ends every connection at once, as a lost network does. New ones are taken as before. */
  cut(): void
}

/** A line to the server at `target` that can be cut: an offline browser lets what already streams go on. */
export async function openLine(target: string): Promise<Line> {
  const { port } = new URL(target)
  const ends = new Set<Socket>()
  const cut = () => {
    for (const end of ends) end.destroy()
  }
  const server = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1')
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.on('error', () => end.destroy()).on('close', () => ends.delete(end) && other.destroy())
      end.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('a TCP server that listens has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
