import { ClientError } from './error.js'

/** What of a call matters here. */
interface Repeated {
  method: string
  /** Repeating it changes nothing, whatever its method says. */
  repeatable?: boolean
}

/** Whoever has to wait longer is told so, and decides. */
const LONGEST_WAIT_MS = 60_000

/**
 * Milliseconds until a failed call may be repeated; `undefined`: it must not be.
 *
 * A server that was busy (429, or 503 with the time to come back) has taken nothing, so any call is repeated, after the
 * time it asked for. Where it may have taken the call (a broken line, 408, other 5xx, a 503 of whoever stands in
 * between), only those that change nothing by being repeated: a message is never sent twice.
 */
export function waitBeforeRetry(
  thrown: unknown,
  { call, retries }: { call: Repeated; retries: number },
): number | undefined {
  if (!(thrown instanceof ClientError)) return undefined
  const { status, code, retryAfter } = thrown
  const untouched = status === 429 || (status === 503 && retryAfter !== undefined)
  const broken = code === 'network' || status === 408 || status >= 500
  const repeatable = call.repeatable || !['POST', 'PATCH'].includes(call.method)
  if (!untouched && !(broken && repeatable)) return undefined
  // Those who were turned away together do not come back together.
  const waitMs = retryAfter === undefined ? 1000 * 2 ** retries * (1 + Math.random()) : retryAfter * 1000
  return waitMs <= LONGEST_WAIT_MS ? waitMs : undefined
}
