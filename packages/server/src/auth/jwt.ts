import { ParleyError } from '@parley/protocol'
import type { Authenticate } from './principal.js'

/** The workspace of every caller until there are several. */
export const DEFAULT_WORKSPACE = 'default'

/**
 * Production mode: every request carries `Authorization: Bearer <JWT>`, signed with HS256. The subject (`sub`, or
 * `user_id`) is the user and isolates all data; `exp` and `nbf` are honoured with 5 s tolerance.
 */
export function jwtAuthentication(secret: string): Authenticate {
  const key = new TextEncoder().encode(secret)
  return async (request) => {
    const token = bearerToken(request)
    const userId = await subjectOf(token, key)
    return { workspaceId: DEFAULT_WORKSPACE, userId, method: 'jwt' }
  }
}

function bearerToken(request: Request): string {
  const header = request.headers.get('authorization')
  if (!header)
    throw new ParleyError('unauthorized', 'A token is missing. Send the header "Authorization: Bearer <JWT>".')
  const token = /^Bearer +(\S+) *$/i.exec(header)?.[1]
  if (!token) throw new ParleyError('unauthorized', 'The Authorization header must read "Bearer <JWT>".')
  return token
}

async function subjectOf(token: string, key: Uint8Array): Promise<string> {
  const { errors, jwtVerify } = await import('jose') // loaded on first use: development mode never needs it
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], clockTolerance: 5 })
    const subject = payload.sub ?? payload.user_id
    if (typeof subject === 'string' && subject.length > 0 && subject.length <= 256) return subject
  } catch (thrown) {
    if (thrown instanceof errors.JWTExpired)
      throw new ParleyError('unauthorized', 'The token has expired. Get a new one and try again.', { cause: thrown })
    throw new ParleyError('unauthorized', 'The token is not valid for this server.', { cause: thrown })
  }
  throw new ParleyError('unauthorized', 'The token names no user. Put the user’s id into its "sub" claim.')
}
