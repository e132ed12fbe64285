import { ERRORS, ParleyError } from '@parley/protocol'

/**
 * The status and the headers that go with a failure, whatever the body's dialect. Of `details`, `retry_after` (seconds)
 * and `allow` (methods) become headers.
 */
export function errorInit(error: ParleyError): { status: number; headers: Record<string, string> } {
  const { retry_after: retryAfter, allow } = error.options.details ?? {}
  const headers: Record<string, string> = {}
  if (typeof retryAfter === 'number') headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfter)))
  if (typeof allow === 'string') headers.allow = allow
  if (error.code === 'unauthorized') headers['www-authenticate'] = 'Bearer'
  return { status: ERRORS[error.code].status, headers }
}

/** A thrown value as a failure a caller may see. Whatever is not ours stays in the log as `cause`. */
export function toParleyError(thrown: unknown): ParleyError {
  if (thrown instanceof ParleyError) return thrown
  return new ParleyError('internal', 'The server failed to answer this request. Its log says why.', { cause: thrown })
}
