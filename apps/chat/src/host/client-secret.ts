import { BridgeError } from '@parley/element/bridge'

export interface ClientSecret {
  /** Makes a request with the secret; when it is refused (401), once more with a new one. */
  use(request: (secret: string) => Promise<Response>): Promise<Response>
}

/**
 * The session's secret, kept in memory only. Asked of the page on first need; requests that need it at the same time
 * share one question, and so do requests that are refused at the same time.
 */
export function createClientSecret(ask: (current: string | null) => Promise<unknown>): ClientSecret {
  let secret: Promise<string> | null = null

  const renew = (current: string | null) => {
    const asked = askPage(ask, current)
    secret = asked
    asked.catch(() => {
      if (secret === asked) secret = null // the next request asks again
    })
    return asked
  }

  return {
    async use(request) {
      const used = secret ?? renew(null)
      const value = await used
      const response = await request(value)
      if (response.status !== 401) return response
      await response.body?.cancel()
      return request(await (secret === used || !secret ? renew(value) : secret))
    },
  }
}

async function askPage(ask: (current: string | null) => Promise<unknown>, current: string | null): Promise<string> {
  const cure = 'Check api.getClientSecret and the route on your server that creates the session.'
  let secret: unknown
  try {
    secret = await ask(current)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new BridgeError('client_secret_failed', `The page could not get a client secret: ${reason} ${cure}`, {
      cause,
    })
  }
  if (typeof secret === 'string' && secret) return secret
  throw new BridgeError('client_secret_failed', `getClientSecret must return a non-empty string. ${cure}`)
}
