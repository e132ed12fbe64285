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

  static override [Symbol.hasInstance](value: unknown): value is CustomStreamError {
    return isCalled('CustomStreamError', value)
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

  static override [Symbol.hasInstance](value: unknown): value is StreamError {
    return isCalled('StreamError', value)
  }
}

/** By name: an app's file may have a copy of this package of its own. */
const isCalled = (name: string, value: unknown): boolean =>
  value !== null && typeof value === 'object' && 'name' in value && value.name === name
