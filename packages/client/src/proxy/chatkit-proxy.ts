import { type BetterAuth, betterAuthToken, type TokenOf } from './better-auth-token.js'
import { headersForBrowser, headersForServer } from './proxy-headers.js'
import { encodeRefusal, ProxyRefusal } from './proxy-refusal.js'

export interface ChatKitProxyOptions {
  /** Where the chat server is, e.g. `http://localhost:8787`; with a path, its whole endpoint. Never seen by a browser. */
  url: string
  /**
   * Who is signed in: your Better Auth with its `jwt()` plugin, or its address when it runs elsewhere
   * (`BETTER_AUTH_URL`), or a function that makes a token for a request (`null`: nobody is signed in). Absent: only
   * what a request says by itself counts, its `Authorization`, and a chat server in development mode asks for nothing.
   */
  auth?: BetterAuth | string | TokenOf
  /** Default: the global one. */
  fetch?: typeof fetch
  /** Told what went wrong on the way, with what a browser must not read. Default: `console.error`. */
  report?(message: string, cause: unknown): void
}

/** Where the handler is mounted and where the endpoint is when `url` names no path. */
const ENDPOINT = '/api/chatkit'

/**
 * A route handler that stands between the pages of your app and the chat server: the browser comes with the cookies of
 * your login, the chat server is asked with a JWT of that person. Answers stream through as they are written, and
 * leaving stops them. Works wherever `Request` and `Response` do: Next.js, Hono, SvelteKit, plain Node.
 *
 * Mount it at `/api/chatkit` and everything below, which holds attached files and the `/session` and `/refresh` of older
 * front ends.
 *
 * @example
 * // app/api/chatkit/[[...path]]/route.ts of a Next.js app
 * const chat = createChatKitProxy({ url: 'http://localhost:8787', auth })
 * export { chat as GET, chat as POST, chat as PUT }
 *
 * @returns a handler that never throws: what fails on the way is a JSON error such as the chat server's own
 */
export function createChatKitProxy(options: ChatKitProxyOptions): (request: Request) => Promise<Response> {
  const endpoint = endpointOf(options.url)
  const tokenOf = tokenSource(options)
  const report = options.report ?? ((message, cause) => console.error(`[chatkit proxy] ${message}`, cause))

  return async (request) => {
    try {
      const target = targetOf(request, endpoint)
      const headers = headersForServer(request)
      const authorization = await authorizationOf(request, tokenOf)
      if (authorization) headers.set('authorization', authorization)
      return await pass(request, { target, headers, send: options.fetch ?? fetch })
    } catch (thrown) {
      // Whoever left reads no answer, but a framework wants one.
      if (request.signal.aborted) return new Response(null, { status: 499 })
      const refusal =
        thrown instanceof ProxyRefusal
          ? thrown
          : new ProxyRefusal('internal', 'The chat proxy of this app failed. Its log says why.', { cause: thrown })
      if (refusal.code !== 'unauthorized') report(refusal.message, refusal.cause)
      return encodeRefusal(refusal)
    }
  }
}

function endpointOf(url: string): URL {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new TypeError(`createChatKitProxy needs the whole address of the chat server as "url", not "${url}".`)
  const endpoint = new URL(url)
  if (endpoint.pathname === '/') endpoint.pathname = ENDPOINT
  return endpoint
}

function tokenSource({ auth, fetch: send }: ChatKitProxyOptions): TokenOf | undefined {
  return typeof auth === 'function' || auth === undefined ? auth : betterAuthToken(auth, send)
}

/** What stands below the mount goes below the endpoint. */
function targetOf(request: Request, endpoint: URL): URL {
  const { pathname, search } = new URL(request.url)
  const mount = pathname.indexOf(`${ENDPOINT}/`)
  const below = mount === -1 ? '' : pathname.slice(mount + ENDPOINT.length).replace(/\/$/, '')
  const target = new URL(endpoint)
  target.pathname = endpoint.pathname.replace(/\/$/, '') + below
  target.search = search
  return target
}

/** A request that brings its own token is asked nothing; cookies count only for pages of the same origin. */
async function authorizationOf(request: Request, tokenOf: TokenOf | undefined): Promise<string | null> {
  const own = request.headers.get('authorization')
  if (own !== null || !tokenOf || needsNobody(request)) return own
  const site = request.headers.get('sec-fetch-site')
  if (site === 'cross-site' || site === 'same-site')
    throw new ProxyRefusal(
      'forbidden',
      'Pages of another origin cannot use the login of this app. Open the chat on a page of this app, or send a token as "Authorization: Bearer <JWT>".',
    )
  const token = await tokenOf(request)
  if (token) return `Bearer ${token}`
  throw new ProxyRefusal('unauthorized', 'Nobody is signed in here, or no longer. Sign in, then try again.')
}

/** The health of the server, and files at addresses that are signed. */
const needsNobody = ({ url }: Request): boolean => {
  const { pathname, searchParams } = new URL(url)
  return (
    pathname.endsWith(`${ENDPOINT}/health`) || (pathname.includes(`${ENDPOINT}/files/`) && searchParams.has('token'))
  )
}

async function pass(
  request: Request,
  { target, headers, send }: { target: URL; headers: Headers; send: typeof fetch },
): Promise<Response> {
  const { method, body, signal } = request
  const streamed = body ? ({ body, duplex: 'half' } as const) : {} // sent on as it comes
  const init = { method, headers, signal, cache: 'no-store', redirect: 'manual', ...streamed } as const
  const answer = await send(target, init).catch((cause: unknown) => {
    throw new ProxyRefusal(
      'unavailable',
      'The chat server cannot be reached. Check that it is running and that "url" of the chat proxy is its address.',
      { cause },
    )
  })
  const strange = strangeness(answer)
  if (!strange) return new Response(answer.body, { status: answer.status, headers: headersForBrowser(answer.headers) })
  await answer.body?.cancel()
  throw new ProxyRefusal('unavailable', strange, { cause: `${target.origin} answered ${answer.status}` })
}

/** A chat server fails in JSON and sends nobody elsewhere. */
function strangeness({ status, headers }: Response): string | undefined {
  if (status >= 300 && status < 400 && status !== 304)
    return 'The chat server’s address leads elsewhere. Give the chat proxy the final address as "url", with https if it has it.'
  const type = headers.get('content-type') ?? ''
  if (status >= 400 && type !== '' && !/^(application\/([\w.-]+\+)?json|text\/event-stream)/i.test(type))
    return `Something that is no chat server answered (${status}). Check "url" of the chat proxy, and what stands between it and the chat server.`
  return undefined
}
