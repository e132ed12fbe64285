import { ParleyError } from '@parley/protocol'
import type { Authenticate } from './principal.js'

/** Production mode without JWTs: people come with the client secret of a session, or not at all. */
export const sessionsOnly: Authenticate = async () => {
  throw new ParleyError(
    'unauthorized',
    'A client secret is missing. Create a session on your server and send "Authorization: Bearer <client_secret>".',
  )
}
