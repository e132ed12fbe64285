import { ParleyError } from '@parley/protocol'
import type { JWTVerifyOptions } from 'jose'
import { bearerOf } from './credential.js'
import type { Authenticate } from './principal.js'

/** The workspace of users who come with a JWT, and of everybody in development mode. */
export const DEFAULT_WORKSPACE = 'default'

/** How the tokens of end users are checked. */
export interface JwtRules {
  /** The HS256 secret your own server signs with, or the address of an identity provider's public keys. */
  keys: { secret: string } | { jwksUrl: string }
  /** What `iss` has to say. Absent: anything. */
  issuer?: string
  /** What `aud` has to name. Absent: anything. */
  audience?: string
}

type Jose = typeof import('jose')
type Verify = (jose: Jose, token: string) => Promise<Record<string, unknown>>

/** Public keys only: a provider that publishes its keys signs with none of the shared-secret algorithms. */
const PUBLIC_KEY_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
const TOLERANCE_SECONDS = 5
/** Longer than any header of ours comes; a token is decoded before it is known to be anybody's. */
const LONGEST_TOKEN = 16_384

/**
 * Production mode: every request carries `Authorization: Bearer <JWT>`. The subject (`sub`, or `user_id`) is the user
 * and isolates all data; `exp` and `nbf` are honoured with 5 s tolerance. Public keys are fetched on first use, kept
 * for ten minutes, and fetched anew when a token names one that is not known.
 */
export function jwtAuthentication(rules: JwtRules): Authenticate {
  const verify = 'secret' in rules.keys ? bySecret(rules.keys.secret, rules) : byPublicKeys(rules.keys.jwksUrl, rules)
  return async (request) => {
    const token = tokenOf(request)
    const jose = await import('jose') // loaded on first use: development mode never needs it
    const userId = subjectOf(await verify(jose, token).catch((thrown: unknown) => refuse(jose, rules, thrown)))
    return { workspaceId: DEFAULT_WORKSPACE, userId, method: 'jwt' }
  }
}

function bySecret(secret: string, rules: JwtRules): Verify {
  const key = new TextEncoder().encode(secret)
  const options = optionsOf(rules, ['HS256'])
  return async (jose, token) => (await jose.jwtVerify(token, key, options)).payload
}

function byPublicKeys(url: string, rules: JwtRules): Verify {
  const options = optionsOf(rules, PUBLIC_KEY_ALGORITHMS)
  let keys: ReturnType<Jose['createRemoteJWKSet']> | undefined
  return async (jose, token) => {
    keys ??= jose.createRemoteJWKSet(new URL(url), { cacheMaxAge: 10 * 60_000, cooldownDuration: 30_000 })
    return (await jose.jwtVerify(token, keys, options)).payload
  }
}

const optionsOf = ({ issuer, audience }: JwtRules, algorithms: string[]): JWTVerifyOptions => ({
  algorithms,
  clockTolerance: TOLERANCE_SECONDS,
  ...(issuer !== undefined && { issuer }),
  ...(audience !== undefined && { audience }),
})

function tokenOf({ headers }: Request): string {
  if (!headers.get('authorization'))
    throw new ParleyError('unauthorized', 'A token is missing. Send the header "Authorization: Bearer <JWT>".')
  const token = bearerOf(headers)
  if (!token) throw new ParleyError('unauthorized', 'The Authorization header must read "Bearer <JWT>".')
  if (token.length > LONGEST_TOKEN)
    throw new ParleyError('unauthorized', `The token is longer than the ${LONGEST_TOKEN} characters accepted here.`)
  return token
}

function subjectOf({ sub, user_id }: Record<string, unknown>): string {
  const subject = sub ?? user_id
  if (typeof subject === 'string' && subject.length > 0 && subject.length <= 256) return subject
  throw new ParleyError('unauthorized', 'The token names no user. Put the user’s id into its "sub" claim.')
}

/** A token that is wrong is the caller's affair; keys that cannot be had are the server's. */
function refuse({ errors }: Jose, { keys }: JwtRules, cause: unknown): never {
  if (cause instanceof errors.JWTExpired)
    throw new ParleyError('unauthorized', 'The token has expired. Get a new one and try again.', { cause })
  if (cause instanceof errors.JWTClaimValidationFailed)
    throw new ParleyError('unauthorized', `The token's "${cause.claim}" is not the one this server expects.`, { cause })
  if (cause instanceof errors.JOSEError && !KEY_FAILURES.has(cause.code))
    throw new ParleyError(
      'unauthorized',
      `The token is not valid for this server: it has to be signed ${'secret' in keys ? 'with its secret (HS256)' : 'by its identity provider'}.`,
      { cause },
    )
  throw new ParleyError(
    'unavailable',
    'The keys that tokens are checked with cannot be loaded now. Try again in a moment; if it goes on, whoever runs the server should see whether PARLEY_JWKS_URL answers.',
    { cause, details: { retry_after: RETRY_AFTER_SECONDS } },
  )
}

const RETRY_AFTER_SECONDS = 5
const KEY_FAILURES = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'])
