const SAFE = /^[\w.:-]{1,128}$/

/** The caller's `x-request-id` when it can stand in a header and a log line, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && SAFE.test(given) ? given : crypto.randomUUID()
}
