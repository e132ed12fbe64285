/** Which pages may call the server from a browser. */
export interface CorsOptions {
  /** Asked with the value of `Origin`, e.g. `https://example.org`. */
  allowOrigin(origin: string): boolean
}

/** What ChatKit's clients send; used when a preflight does not say. Source: the request headers of the ChatKit contract. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'accept-language',
  'chatkit-frame-instance-id',
  'chatkit-device-id',
  'openai-beta',
  'openai-sentinel-token',
  'parley-client',
  'idempotency-key',
  'last-event-id',
  'x-request-id',
].join(', ')

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
/** LangGraph's clients learn a run's id from `content-location`, and where to read on from `location`. */
const EXPOSED = [
  'x-request-id',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'content-location',
  'location',
  'x-pagination-next',
  'x-pagination-total',
  'mcp-session-id',
].join(', ')
const HEADER_LIST = /^[\w!#$%&'*+.^`|~, -]{1,4096}$/

/** The headers that let the page behind `Origin` read the answer; only `vary` when it may not. */
export function corsHeaders(request: Request, { allowOrigin }: CorsOptions): Record<string, string> {
  const origin = request.headers.get('origin')
  if (origin === null || !allowOrigin(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': EXPOSED,
  }
}

/** Answers `OPTIONS`: always 204, and with permission when the page may call. */
export function preflightResponse(request: Request, options: CorsOptions): Response {
  const headers = new Headers(corsHeaders(request, options))
  headers.append('vary', 'Access-Control-Request-Headers')
  if (headers.has('access-control-allow-origin')) {
    const asked = request.headers.get('access-control-request-headers')
    headers.set('access-control-allow-methods', METHODS)
    headers.set('access-control-allow-headers', asked && HEADER_LIST.test(asked) ? asked : REQUEST_HEADERS)
    headers.set('access-control-max-age', '86400')
  }
  return new Response(null, { status: 204, headers })
}
