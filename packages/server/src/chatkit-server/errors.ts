import { type ErrorCode, ParleyError } from '@parley/protocol'

/**
 * Something went wrong in a ChatKit server, worded for the caller. Throw one of its kinds from a store, a hook or
 * `contextOf`: before a stream is open it becomes the JSON error of its code, afterwards an `error` event.
 */
export class ChatKitError extends ParleyError {
  override readonly name: string = 'ChatKitError'

  /** `code` decides the status; `internal` (500) unless given. `cause` stays in the log. */
  constructor(message: string, options: { code?: ErrorCode; cause?: unknown } = {}) {
    super(options.code ?? 'internal', message, { cause: options.cause })
  }
}

/** The caller is not known: 401, code `unauthorized`. */
export class AuthenticationError extends ChatKitError {
  override readonly name = 'AuthenticationError'

  constructor(message = 'Sign in and try again.', options: { cause?: unknown } = {}) {
    super(message, { ...options, code: 'unauthorized' })
  }
}

/** The request is not acceptable: 400, code `invalid_request`. */
export class ValidationError extends ChatKitError {
  override readonly name = 'ValidationError'

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { ...options, code: 'invalid_request' })
  }
}

/** The store cannot be used right now: 503, code `unavailable`; the same request may succeed later. */
export class DatabaseError extends ChatKitError {
  override readonly name = 'DatabaseError'

  constructor(message = 'The database cannot be reached. Try again.', options: { cause?: unknown } = {}) {
    super(message, { ...options, code: 'unavailable' })
  }
}

/** The agent or its model failed: 502, code `model_failed`; a retry may succeed. */
export class AgentError extends ChatKitError {
  override readonly name = 'AgentError'

  constructor(message = 'The agent failed to answer. Try again.', options: { cause?: unknown } = {}) {
    super(message, { ...options, code: 'model_failed' })
  }
}
