import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Running {
  url: string
  close(): Promise<void>
}

/** A server on a free port of this machine. Closing it also ends what is still streaming. */
export async function listenAnywhere(listener: RequestListener): Promise<Running> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
