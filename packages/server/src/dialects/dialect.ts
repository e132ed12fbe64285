import type { RouteGroup } from '../http/route.js'
import type { SocketRoute } from '../http/socket-route.js'

export type { Route, RouteContext } from '../http/route.js'

/** One API that existing clients speak, whole: its routes, and how it words a failure. */
export interface Dialect extends RouteGroup {
  name: string
  /** Addresses that speak the same API over a WebSocket. */
  sockets?: SocketRoute[]
}
