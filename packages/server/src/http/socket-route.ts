/** What a socket's messages are answered with. */
export interface SocketExchange {
  /** The server itself: a message becomes a request like any other, with the same checks, limits and errors. */
  fetch(request: Request): Promise<Response>
  /** Sends one message; a promise means the reader is behind. */
  send(text: string): void | Promise<void>
  /** Aborted when the socket closes. */
  signal: AbortSignal
}

/** An address that is opened as a WebSocket. Hosts without WebSockets leave it out. */
export interface SocketRoute {
  matches(pathname: string): boolean
  /** Answers one message of the client. `opened` is the request that opened the socket, its credential in `authorization`. */
  answer(text: string, opened: Request, exchange: SocketExchange): Promise<void>
}
