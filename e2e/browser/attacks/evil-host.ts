import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Where every way out of the browser ends: whatever is asked of the attacker's host, it is a connection here. */
export async function listenForAnybody() {
  const connections: string[] = []
  const requests: string[] = []
  const server = createServer((socket) => {
    connections.push(new Date().toISOString())
    socket.on('error', () => undefined) // whoever comes may leave
    socket.once('data', (bytes) => {
      requests.push(bytes.toString('latin1').slice(0, 200))
      socket.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return { port, connections, requests, close: () => server.close() }
}
