/** What can go wrong on the way to the chat server, in ChatKit's words. */
const REFUSALS = {
  unauthorized: { status: 401, type: 'authentication_error' },
  forbidden: { status: 403, type: 'permission_error' },
  internal: { status: 500, type: 'server_error' },
  not_configured: { status: 501, type: 'not_configured_error' },
  unavailable: { status: 503, type: 'server_error' },
} as const

/** A request that does not reach the chat server. `message` may be shown; what must not is in `cause`. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'

  constructor(
    readonly code: keyof typeof REFUSALS,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options)
  }
}

/** The same shape as the chat server's own errors, so that a chat shows them alike. */
export function encodeRefusal({ code, message }: ProxyRefusal): Response {
  const { status, type } = REFUSALS[code]
  return Response.json({ error: { type, code, message } }, { status, headers: { 'cache-control': 'no-store' } })
}
