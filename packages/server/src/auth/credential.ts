/** Client secrets of ours and of Xpert's kind; both tell themselves from API keys and tokens. */
export const SECRET_PREFIXES = { openai: 'ek_', xpert: 'cs-x-' } as const

/**
 * The client secret of a request, in any of the places where clients put it.
 * Source: the Xpert contract, section 2 (`X-Client-Secret`, `x-api-key`), and the hosted ChatKit contract, section 4.
 */
export function clientSecretOf({ headers }: Request): string | undefined {
  const places = [headers.get('x-client-secret'), bearerOf(headers), headers.get('x-api-key')]
  return places.find((text): text is string => text != null && isClientSecret(text.trim()))?.trim()
}

/** The API key of a request: `x-api-key` wins over `Authorization: Bearer`. */
export function apiKeyOf({ headers }: Request): string | undefined {
  return headers.get('x-api-key')?.trim() || bearerOf(headers)
}

/** `Authorization` in its two parts, the scheme in small letters. `undefined`: there is none, or only one of them. */
export function authorizationOf(headers: Headers): { scheme: string; token: string } | undefined {
  const [, scheme, token] = /^(\S+)\s+(.*\S)$/.exec(headers.get('authorization')?.trim() ?? '') ?? []
  return scheme !== undefined && token !== undefined ? { scheme: scheme.toLowerCase(), token } : undefined
}

/** The token of `Authorization: Bearer`. */
export function bearerOf(headers: Headers): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
}

const isClientSecret = (text: string) => Object.values(SECRET_PREFIXES).some((prefix) => text.startsWith(prefix))
