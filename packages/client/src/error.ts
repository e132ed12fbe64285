/** What a failed call says: the status, a code to act on, a message to show, and how long to wait. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  /** The server's code, e.g. `thread_not_found`; `network` or `http_<status>` where it gave none. */
  readonly code: string
  /** The field of the request that is wrong, when the server said so. */
  readonly param?: string
  /** Seconds until the same call may succeed, when the server said so. */
  readonly retryAfter?: number

  constructor(failure: {
    status: number
    code: string
    message: string
    param?: string
    retryAfter?: number
    cause?: unknown
  }) {
    super(failure.message, { cause: failure.cause })
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
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ClientError({
    status: response.status,
    code: error?.code ?? `http_${response.status}`,
    message: error?.message ?? plainMessage(response, text),
    ...(error?.param !== undefined && { param: error.param }),
    ...(Number.isFinite(seconds) && { retryAfter: seconds }),
  })
}

function parseErrorBody(text: string): { code?: string; message?: string; param?: string } | null {
  if (!text.startsWith('{')) return null
  try {
    const error: unknown = JSON.parse(text).error
    if (typeof error === 'string') return { message: error }
    if (typeof error !== 'object' || error === null) return null
    const { code, message, param } = error as Record<string, unknown> // narrowed field by field below
    return {
      ...(typeof code === 'string' && { code }),
      ...(typeof message === 'string' && { message }),
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
