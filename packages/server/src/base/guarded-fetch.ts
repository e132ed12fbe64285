/**
 * Requests to places that somebody else named: a model, a message, a tool's argument, a page that redirects. They go to
 * the public internet and nowhere else unless the operator allowed it, and are bounded in size, time and redirects.
 * Every outbound request that is not to a configured host goes through here.
 */

/** Why a request was not made, or its answer not read to the end. */
export type GuardedFetchReason =
  | 'bad_url'
  | 'forbidden_url'
  | 'forbidden_address'
  | 'too_many_redirects'
  | 'too_large'
  | 'timed_out'
  | 'unreachable'

/** A refused or failed request. The message names the host and the cure, and may be shown to whoever asked. */
export class GuardedFetchError extends Error {
  override readonly name = 'GuardedFetchError'
  constructor(
    readonly reason: GuardedFetchReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What a request asks for, and how far it may go. */
export interface GuardedInit {
  /** Default `GET`. */
  method?: string
  headers?: Headers | Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  signal?: AbortSignal
  /** Asked for the address and for each one it redirects to; `false` refuses. Default: every http and https address. */
  allowUrl?(url: URL): boolean
  /** Of the answer, unpacked. Default 10 MB. */
  maxBytes?: number
  /** For everything: redirects and the whole answer. `Infinity` for streams that stay open. Default 30 s. */
  timeoutMs?: number
  /** Default 5. */
  maxRedirects?: number
}

/**
 * `fetch` for addresses that cannot be trusted. Redirects are followed and checked like the first address; credentials
 * do not follow to another origin. The answer's body fails with `too_large` or `timed_out` where it goes too far.
 *
 * @throws {GuardedFetchError}
 */
export type GuardedFetch = (url: string | URL, init?: GuardedInit) => Promise<Response>

/** One request to one address, which must connect to no address that is not allowed; redirects are not followed. */
export type Hop = (request: HopRequest) => Promise<Response>

export interface HopRequest {
  url: URL
  method: string
  headers: Headers
  body: string | Uint8Array<ArrayBuffer> | undefined
  signal: AbortSignal
}

const MAX_BYTES = 10 * 1024 * 1024
const TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 5
/** Decided by the connection, not by who asks. */
const NOT_THE_CALLERS =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*)$/

/** Makes the fetch from what can make one request. */
export function createGuardedFetch(hop: Hop): GuardedFetch {
  return async (address, init = {}) => {
    const { allowUrl = () => true, maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS, maxRedirects = MAX_REDIRECTS } = init
    const timeout = Number.isFinite(timeoutMs) ? AbortSignal.timeout(timeoutMs) : undefined
    const signal = AbortSignal.any([timeout, init.signal].filter((one) => one !== undefined))
    let request = firstHop(address, init, signal)
    const explain = (cause: unknown) => explained(cause, { host: request.url.host, timeout, asker: init.signal })
    try {
      for (let redirects = 0; ; redirects++) {
        assertAllowed(request.url, allowUrl)
        const response = await hop(request)
        const next = redirected(request, response)
        if (!next) return bounded(response, request.url, { maxBytes, explain })
        response.body?.cancel().catch(() => undefined) // nobody reads it, however it ends
        if (redirects === maxRedirects) {
          throw new GuardedFetchError(
            'too_many_redirects',
            `${request.url.host} redirects more than ${maxRedirects} times.`,
          )
        }
        request = next
      }
    } catch (cause) {
      throw explain(cause)
    }
  }
}

function firstHop(
  address: string | URL,
  { method = 'GET', headers, body }: GuardedInit,
  signal: AbortSignal,
): HopRequest {
  if (!URL.canParse(String(address)))
    throw new GuardedFetchError('bad_url', 'The address is not a full URL such as https://example.com/.')
  const own = [...new Headers(headers)].filter(([name]) => !NOT_THE_CALLERS.test(name))
  return { url: new URL(address), method: method.toUpperCase(), headers: new Headers(own), body, signal }
}

function assertAllowed(url: URL, allowUrl: (url: URL) => boolean): void {
  if (!/^https?:$/.test(url.protocol)) {
    throw new GuardedFetchError('bad_url', `Only http and https addresses can be read, not ${url.protocol}`)
  }
  if (url.username || url.password) {
    throw new GuardedFetchError('bad_url', `The address of ${url.host} carries a user name or password. Leave it out.`)
  }
  if (!allowUrl(url)) throw new GuardedFetchError('forbidden_url', `${url.host} is not among the places allowed here.`)
}

/** The request a redirect asks for; `null` when the answer is none. Source: the Fetch standard, "HTTP-redirect fetch". */
function redirected(request: HopRequest, response: Response): HopRequest | null {
  const location = response.headers.get('location')
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return null
  if (!URL.canParse(location, request.url.href)) {
    throw new GuardedFetchError('bad_url', `${request.url.host} redirects to something that is no address.`)
  }
  const url = new URL(location, request.url)
  if (request.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new GuardedFetchError('forbidden_url', `${request.url.host} redirects to ${url.host} without encryption.`)
  }
  const headers = new Headers(request.headers)
  if (url.origin !== request.url.origin)
    for (const name of ['authorization', 'cookie', 'x-api-key']) headers.delete(name)
  const becomesGet = response.status === 303 || (response.status < 303 && request.method === 'POST')
  if (!becomesGet || request.method === 'HEAD') return { ...request, url, headers }
  headers.delete('content-type')
  return { ...request, url, headers, method: 'GET', body: undefined }
}

interface Bounds {
  maxBytes: number
  explain(cause: unknown): unknown
}

function bounded(response: Response, url: URL, { maxBytes, explain }: Bounds): Response {
  const tooLarge = () =>
    new GuardedFetchError('too_large', `The answer of ${url.host} is larger than ${maxBytes} bytes.`)
  const { status, statusText, headers } = response
  if (Number(headers.get('content-length')) > maxBytes) {
    response.body?.cancel().catch(() => undefined)
    throw tooLarge()
  }
  const reader = response.body?.getReader()
  let size = 0
  const body =
    reader &&
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) return controller.close()
          size += value.byteLength
          if (size > maxBytes) throw tooLarge()
          controller.enqueue(value)
        } catch (cause) {
          reader.cancel().catch(() => undefined)
          controller.error(explain(cause))
        }
      },
      cancel: (reason) => reader.cancel(reason),
    })
  const answer = new Response(body ?? null, { status, statusText, headers })
  return Object.defineProperty(answer, 'url', { value: url.href }) // as fetch says where the answer came from
}

interface Circumstances {
  host: string
  timeout: AbortSignal | undefined
  asker: AbortSignal | undefined
}

function explained(cause: unknown, { host, timeout, asker }: Circumstances): unknown {
  if (cause instanceof GuardedFetchError || asker?.aborted) return cause
  if (timeout?.aborted) return new GuardedFetchError('timed_out', `${host} took too long to answer.`, { cause })
  return new GuardedFetchError('unreachable', `${host} could not be reached.`, { cause })
}
