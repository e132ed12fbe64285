import { ERRORS, ParleyError } from '@parley/protocol'
import { type RateState, rateHeaders } from './rate-limits/rate-limiter.js'

/**
 * The status and the headers that go with a failure, whatever the body's dialect. Of `details`, `retry_after` (seconds),
 * `allow` (methods) and `rate` (the limit that refused) become headers.
 */
export function errorInit(error: ParleyError): { status: number; headers: Record<string, string> } {
  const { retry_after: retryAfter, allow, rate } = error.options.details ?? {}
  const headers: Record<string, string> = isRateState(rate) ? rateHeaders(rate) : {}
  if (typeof retryAfter === 'number') headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfter)))
  if (typeof allow === 'string') headers.allow = allow
  const { status } = ERRORS[error.code]
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  return { status, headers }
}

const isRateState = (rate: unknown): rate is RateState => typeof rate === 'object' && rate !== null && 'resetMs' in rate

/** A thrown value as a failure a caller may see. Whatever is not ours stays in the log as `cause`. */
export function toParleyError(thrown: unknown): ParleyError {
  if (thrown instanceof ParleyError) return thrown
  return new ParleyError('internal', 'The server failed to answer this request. Its log says why.', { cause: thrown })
}
