/** What an answer carries unless it says otherwise: it is data for whoever asked, never a page and never kept. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const

const ENTRIES = Object.entries(SECURITY_HEADERS)

/** Pages, scripts and files bring headers of their own. */
export function addSecurityHeaders(headers: Headers): void {
  for (const [name, value] of ENTRIES) if (!headers.has(name)) headers.set(name, value)
}
