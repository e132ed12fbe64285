import { isLoopback, type Settings } from '../node/settings.js'

/** Behind `#`, so that no log of a server or a proxy ever sees it. */
export const adminLink = (url: string, token: string) => `${url}/studio#link=${token}`

/** Where a server with these settings is reached from this machine. */
export function addressOf({ host, port }: Settings): string {
  if (!isLoopback(host)) return `http://localhost:${port}`
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
