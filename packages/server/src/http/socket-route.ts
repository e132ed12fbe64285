/** What a socket's messages are answered with. */
export interface SocketExchange {
  /** The server itself: a message becomes a request like any other, with the same checks, limits and errors. */
  fetch(request: Request): Promise<Response>
  /** Sends one message; a promise means the reader is behind. */
  send(text: string): void | Promise<void>
  /** Aborted when the socket closes. */
  signal: AbortSignal
}

/** Why the server closes a socket: a last message, then a code of the private range (`4000` and a status) and a reason. */
export interface Farewell {
  message?: string
  code: number
  reason: string
}

/** An address that is opened as a WebSocket. Hosts without WebSockets leave it out. */
export interface SocketRoute {
  matches(pathname: string): boolean
  /**
   * Answers one message of the client. `opened` is the request that opened the socket, its credential in `authorization`.
   * @returns why the socket is to be closed now; usually it is not
   */
  answer(text: string, opened: Request, exchange: SocketExchange): Promise<Farewell | undefined>
  /** Asked when a socket has been opened and then now and then: whether its credential is still good. */
  check(opened: Request): Promise<Farewell | undefined>
}
