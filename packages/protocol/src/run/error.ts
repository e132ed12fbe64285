/** What every API needs to know of an error code. `retryable`: the same request may succeed later. */
export interface ErrorInfo {
  readonly status: number
  readonly retryable: boolean
}

/** Every failure a caller can see, in every dialect, with its HTTP status. */
export const ERRORS = {
  invalid_request: { status: 400, retryable: false },
  invalid_cursor: { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  session_expired: { status: 401, retryable: false },
  session_cancelled: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  app_not_found: { status: 404, retryable: false },
  thread_not_found: { status: 404, retryable: false },
  item_not_found: { status: 404, retryable: false },
  attachment_not_found: { status: 404, retryable: false },
  run_not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  malformed_id: { status: 406, retryable: false },
  conflict: { status: 409, retryable: false },
  thread_busy: { status: 409, retryable: true },
  item_not_pending: { status: 409, retryable: false },
  not_retryable: { status: 409, retryable: false },
  no_pending_tool_call: { status: 409, retryable: false },
  payload_too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  rate_limited: { status: 429, retryable: true },
  internal: { status: 500, retryable: true },
  not_configured: { status: 501, retryable: false },
  model_failed: { status: 502, retryable: true },
  // What waiting does not cure, but whoever looks after the server does.
  model_key_refused: { status: 502, retryable: false },
  model_unknown: { status: 502, retryable: false },
  model_out_of_credit: { status: 502, retryable: false },
  remote_failed: { status: 502, retryable: true },
  unavailable: { status: 503, retryable: true },
} as const satisfies Record<string, ErrorInfo>

/** The closed list of failures. A new one does not compile until each dialect has words for it. */
export type ErrorCode = keyof typeof ERRORS

const isInstance = Function.prototype[Symbol.hasInstance]
const MARK = Symbol.for('parley.ParleyError')

/** A failure a caller may see. `message` is safe to show an API caller; what must stay in the log goes into `cause`. */
export class ParleyError extends Error {
  override readonly name: string = 'ParleyError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause })
  }

  get [MARK](): true {
    return true
  }

  /** True of the same error from another copy of this package too: files of the apps folder may bring one. */
  static override [Symbol.hasInstance]<Kind>(this: new (...given: never[]) => Kind, value: unknown): value is Kind {
    // biome-ignore lint/complexity/noThisInStatic: the class that stands behind `instanceof`, which may be one made of this
    if (this !== (ParleyError as unknown)) return isInstance.call(this, value)
    return typeof value === 'object' && value !== null && MARK in value
  }
}
