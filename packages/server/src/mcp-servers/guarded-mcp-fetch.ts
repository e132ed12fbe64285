import { type GuardedFetch, GuardedFetchError } from '../base/guarded-fetch.js'
import { fillHeaders, type ToolSecrets } from '../base/tool-secrets.js'

/** Where requests of one server go, and what they take along. */
export interface McpRequests {
  guardedFetch: GuardedFetch
  url: URL
  /** Values may name secrets. */
  headers: Record<string, string>
  secrets: ToolSecrets
  /** How long a call may take. */
  timeoutMs: number
  /** The token of somebody who signed in; `refused`: one that the server did not take. `undefined`: nobody has to. */
  token(refused: string | undefined): Promise<string | undefined>
}

/** What a server is reached by, and why that failed last. */
export interface GuardedMcpFetch {
  fetch: typeof fetch
  /** In words that may be shown to whoever sets the server up. */
  failure(): string | undefined
  /** A text without what was sent in secret: a server that repeats it does not get it past here. */
  conceal(text: string): string
}

/** Shorter ones are words that stand in a text anyway. */
const SHORTEST_SECRET = 6
/** Ends of answers come later than their calls give up. */
const GRACE_MS = 30_000
/** Of one answer, or of everything that is heard on one open connection. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Reaches one server and nothing else: what is private only when the operator allows it, no other origin, so that its
 * headers go nowhere else. Secrets and tokens are looked up for each request: a new one needs no new connection.
 */
export function guardedMcpFetch(requests: McpRequests): GuardedMcpFetch {
  const { guardedFetch, url, headers, secrets, timeoutMs, token } = requests
  let failure: string | undefined
  let sentInSecret: string[] = []

  async function send(address: URL, init: RequestInit, bearer: string | undefined): Promise<Response> {
    const filled = await fillHeaders(headers, { host: url.host, secrets })
    if ('missing' in filled) throw new McpSetupError(`A header is not set up: ${filled.missing}. Add it.`)
    const sent = new Headers(init.headers)
    for (const [name, value] of Object.entries(filled.values)) sent.set(name, value)
    const inSecret = [...filled.secretValues, ...(bearer === undefined ? [] : [bearer])]
    sentInSecret = inSecret.filter(({ length }) => length >= SHORTEST_SECRET)
    if (bearer !== undefined) sent.set('authorization', `Bearer ${bearer}`)
    const { method = 'GET', body, signal } = init
    return guardedFetch(address, {
      method,
      headers: sent,
      ...(typeof body === 'string' && { body }),
      ...(signal && { signal }),
      allowUrl: ({ origin }) => origin === url.origin,
      maxBytes: MOST_BYTES,
      // What the server says by itself is heard as long as it likes.
      timeoutMs: method === 'GET' ? Number.POSITIVE_INFINITY : timeoutMs + GRACE_MS,
    })
  }

  return {
    failure: () => failure,
    conceal: (text) => sentInSecret.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text),
    async fetch(input, init = {}) {
      const address = new URL(input instanceof Request ? input.url : input)
      failure = undefined
      try {
        const bearer = await token(undefined)
        let response = await send(address, init, bearer)
        if (response.status === 401 && bearer !== undefined) {
          await response.body?.cancel()
          response = await send(address, init, await token(bearer))
        }
        failure = REFUSALS[response.status]
        return response
      } catch (thrown) {
        if (thrown instanceof GuardedFetchError || thrown instanceof McpSetupError) failure = thrown.message
        throw thrown
      }
    },
  }
}

/** What a person can cure, in words for them. */
export class McpSetupError extends Error {
  override readonly name = 'McpSetupError'
}

const REFUSALS: Record<number, string> = {
  401: 'It asks for a login: connect it, or give it a header with a key that it knows.',
  403: 'It refuses: whoever it was asked for may not use it.',
  404: 'It says there is nothing at this address. MCP servers often end in /mcp.',
}
