/** About one connection, not about the request. Source: RFC 9110, section 7.6.1. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** Between the browser and this app alone: its login, where its page is, and what `fetch` says anew. */
const NOT_FOR_SERVER = [
  ...HOP_BY_HOP,
  'accept-encoding',
  'content-length',
  'cookie',
  'expect',
  'host',
  'origin',
  'referer',
]

/** Between this app and the chat server alone: which pages may call is for this app to say. */
const NOT_FOR_BROWSER = [...HOP_BY_HOP, 'set-cookie', 'content-encoding']

/** The headers the chat server is asked with. The address the browser knows goes along: files are offered below it. */
export function headersForServer({ headers: given, url }: Request): Headers {
  const headers = without(given, NOT_FOR_SERVER, /^sec-/)
  const { host, protocol } = new URL(url)
  headers.set('x-forwarded-host', given.get('x-forwarded-host') ?? given.get('host') ?? host)
  headers.set('x-forwarded-proto', given.get('x-forwarded-proto') ?? protocol.replace(':', ''))
  headers.set('accept-encoding', 'identity') // packed, a stream would wait until a packet is full
  return headers
}

/** The headers the browser is answered with. */
export function headersForBrowser(given: Headers): Headers {
  const headers = without(given, NOT_FOR_BROWSER, /^access-control-/)
  if (given.has('content-encoding')) headers.delete('content-length') // fetch has unpacked the body
  // A framework that packs its answers would hold an event stream back.
  if (given.get('content-type')?.startsWith('text/event-stream')) headers.set('cache-control', 'no-cache, no-transform')
  return headers
}

function without(given: Headers, names: readonly string[], pattern: RegExp): Headers {
  const named = (given.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase())
  const headers = new Headers(given)
  for (const name of [...given.keys()])
    if (names.includes(name) || named.includes(name) || pattern.test(name)) headers.delete(name)
  return headers
}
