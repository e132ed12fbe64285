import { createServer } from 'node:net'

/** Below what systems give to connections by themselves: a port found here is still free when somebody listens on it. */
const LOWEST = 20_000
const HIGHEST = 32_000

/** A port of this machine that nobody has at the moment. */
export async function freePort() {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await isFree(port)) return port
  }
}

function isFree(port) {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
