import { BridgeError } from '@parley/element/bridge'

export interface ClientSecret {
  /** Makes a request with the secret; when it is refused (401), once more with a new one. */
  use(request: (secret: GivenSecret) => Promise<Response>): Promise<Response>
}

/** What the page's server handed out: the secret, and what it is for where it says so. */
export interface GivenSecret {
  secret: string
  /** The app it is for, where it reaches several. */
  appId?: string
  organizationId?: string
}

/**
 * The session's secret, kept in memory only. Asked of the page on first need; requests that need it at the same time
 * share one question, and so do requests that are refused at the same time.
 */
export function createClientSecret(ask: (current: string | null) => Promise<unknown>): ClientSecret {
  let secret: Promise<GivenSecret> | null = null

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
      return request(await (secret === used || !secret ? renew(value.secret) : secret))
    },
  }
}

async function askPage(
  ask: (current: string | null) => Promise<unknown>,
  current: string | null,
): Promise<GivenSecret> {
  const cure = 'Check api.getClientSecret and the route on your server that creates the session.'
  let answer: unknown
  try {
    answer = await ask(current)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new BridgeError('client_secret_failed', `The page could not get a client secret: ${reason} ${cure}`, {
      cause,
    })
  }
  const given = readSecret(answer)
  if (given.secret) return given
  throw new BridgeError('client_secret_failed', `getClientSecret must return a non-empty string. ${cure}`)
}

/** The secret alone, or an object around it. */
function readSecret(answer: unknown): GivenSecret {
  if (typeof answer === 'string') return { secret: answer }
  const { secret, appId, organizationId } = Object(answer) as Record<string, unknown>
  return {
    secret: typeof secret === 'string' ? secret : '',
    ...(typeof appId === 'string' && appId && { appId }),
    ...(typeof organizationId === 'string' && organizationId && { organizationId }),
  }
}
