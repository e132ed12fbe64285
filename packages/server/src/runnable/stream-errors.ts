/**
 * Thrown by an app to end its run with words for the person: `error` with code `custom` and this message.
 * Source: the ChatKit server kit's `CustomStreamError`.
 */
export class CustomStreamError extends Error {
  override readonly name = 'CustomStreamError'

  constructor(
    message: string,
    readonly allowRetry = false,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Thrown by an app to end its run with a code the client has its own localized words for. A `stream.error` may be
 * retried unless said otherwise, any other code may not. Source: the ChatKit server kit's `StreamError`.
 */
export class StreamError extends Error {
  override readonly name = 'StreamError'
  readonly allowRetry: boolean

  constructor(
    readonly code: string,
    allowRetry?: boolean,
  ) {
    super(`The run failed with ${code}.`)
    this.allowRetry = allowRetry ?? code === 'stream.error'
  }
}
