import { ProxyRefusal } from './proxy-refusal.js'

/** A token for whoever sends the request; `null` when nobody is signed in. */
export type TokenOf = (request: Request) => Promise<string | null | undefined>

/** What of Better Auth is needed: `betterAuth({ plugins: [jwt()] })` has it. */
export interface BetterAuth {
  api: object
}

/** Of its `jwt()` plugin. */
interface TokenApi {
  getToken(call: { headers: Headers }): Promise<{ token: string }>
}

/**
 * The JWT of a Better Auth session, by the cookies of the request: asked within this process, or at
 * `<address>/api/auth/token` when Better Auth is given by its address. Nothing is kept: who signs out is out at once.
 */
export function betterAuthToken(auth: BetterAuth | string, send: typeof fetch = fetch): TokenOf {
  if (typeof auth === 'string') return overHttp(tokenUrlOf(auth), send)
  return async ({ headers }) => {
    if (!hasTokens(auth.api)) throw noTokens()
    try {
      return (await auth.api.getToken({ headers: cookiesOf(headers) })).token
    } catch (thrown) {
      if (isRefusal(thrown)) return null
      throw unreachable(thrown)
    }
  }
}

function overHttp(url: URL, send: typeof fetch): TokenOf {
  return async ({ headers, signal }) => {
    if (!headers.has('cookie')) return null
    const init = { headers: cookiesOf(headers), signal, cache: 'no-store', redirect: 'manual' } as const
    const response = await send(url, init).catch((cause: unknown) => {
      throw unreachable(cause)
    })
    if (response.status === 401 || response.status === 403) return null
    if (response.status === 404) throw noTokens()
    const { token } = (await response.json().catch(() => ({}))) as { token?: unknown } // checked in the next line
    if (!response.ok || typeof token !== 'string') throw unreachable(`The login answered ${response.status}.`)
    return token
  }
}

/** Its base address, or, with a path, the token endpoint itself. */
function tokenUrlOf(auth: string): URL {
  if (!URL.canParse(auth) || !/^https?:/.test(auth))
    throw new TypeError(`createChatKitProxy needs the whole address of Better Auth as "auth", not "${auth}".`)
  const url = new URL(auth)
  const path = url.pathname.replace(/\/$/, '')
  url.pathname = path.endsWith('/token') ? path : `${path || '/api/auth'}/token`
  return url
}

/** Cookies, and what Better Auth may check of the browser (IP address, user agent). */
function cookiesOf(given: Headers): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']) {
    const value = given.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}

const hasTokens = (api: object): api is TokenApi => 'getToken' in api && typeof api.getToken === 'function'

/** Better Auth throws what carries its HTTP status. */
const isRefusal = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown && thrown.statusCode === 401

const noTokens = () =>
  new ProxyRefusal(
    'not_configured',
    'Better Auth makes no tokens here. Add jwt() of "better-auth/plugins" to its plugins.',
  )

const unreachable = (cause: unknown) =>
  new ProxyRefusal(
    'unavailable',
    'The login of this app does not answer, so the chat cannot know who you are. Try again.',
    {
      cause,
    },
  )
