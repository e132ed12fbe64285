/** What a failed call says: the status, a code to act on, a message to show, and how long to wait. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  /** The server's code, e.g. `thread_not_found`; `network`, `timeout` or `http_<status>` where it gave none. */
  readonly code: string
  /** The field of the request that is wrong, when the server said so. */
  declare readonly param?: string
  /** Seconds until the same call may succeed, when the server said so. */
  declare readonly retryAfter?: number

  constructor(failure: {
    status: number
    code: string
    message: string
    param?: string
    retryAfter?: number
    cause?: unknown
  }) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause })
    this.status = failure.status
    this.code = failure.code
    if (failure.param !== undefined) this.param = failure.param
    if (failure.retryAfter !== undefined) this.retryAfter = failure.retryAfter
  }
}

/** Reads a failed answer: Parley's JSON error, or whatever a proxy or another server wrote instead. */
export async function toClientError(response: Response): Promise<ClientError> {
  const text = await response.text().catch(() => '') // the body may be cut off; the status still says enough
  const error = parseErrorBody(text)
  const seconds = secondsUntil(response.headers.get('retry-after') ?? '')
  return new ClientError({
    status: response.status,
    code: error?.code ?? `http_${response.status}`,
    message: error?.message ?? plainMessage(response, text),
    ...(error?.param !== undefined && { param: error.param }),
    ...(seconds >= 0 && { retryAfter: seconds }),
  })
}

/** A number of seconds or a date, as HTTP allows; otherwise not a number. */
function secondsUntil(retryAfter: string): number {
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000)
}

/** `{ error: { code, message } }`, `{ error: 'message' }`, and what other APIs write: `{ code, message }`, `{ detail }`. */
function parseErrorBody(text: string): { code?: string; message?: string; param?: string } | null {
  try {
    const body = Object(JSON.parse(text))
    const { code, message, param } = Object(body.message ? body : body.error)
    const said = Array.isArray(message) ? message.join(' ') : (message ?? body.detail ?? body.error)
    return {
      ...(typeof code === 'string' && { code }),
      ...(typeof said === 'string' && { message: said }),
      ...(typeof param === 'string' && { param }),
    }
  } catch {
    return null // not JSON after all
  }
}

function plainMessage(response: Response, text: string): string {
  const isPlain = response.headers.get('content-type')?.startsWith('text/plain') && text.length <= 200
  return (isPlain && text.trim()) || `The server answered ${response.status} ${response.statusText}`.trim()
}
