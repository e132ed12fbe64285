import type { CallInit } from '../transport/transport.js'
import type { Verbs } from '../transport/verbs.js'
import type { ChatKitSecret } from './types.js'

export interface NewSecret {
  /** Default: what the key may reach. */
  assistant?: { id: string } | undefined
  user?: string | undefined
  /** Seconds; default 600. */
  expires_after?: number | undefined
}

/** Secrets for browsers, in Xpert's form; `createServerClient` has ChatKit's own. */
export const chatkitOf = ({ post }: Verbs) => ({
  sessions: {
    create: (session: NewSecret = {}, init?: CallInit) => post<ChatKitSecret>('/v1/chatkit/sessions', session, init),
  },
})
