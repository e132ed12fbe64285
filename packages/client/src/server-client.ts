import type { HostedList, HostedSession, HostedSessionParams } from '@parley/protocol'
import { jsonCalls, toQuery } from './json-calls.js'

/** Which sessions; left out fields take the server's defaults. */
export interface SessionsOf {
  limit?: number
  order?: 'asc' | 'desc'
  after?: string
  before?: string
  user?: string
  status?: HostedSession['status']
}

export interface ServerClientOptions {
  /** With `/v1` at its end, e.g. `https://chat.example.com/v1`. */
  baseURL: string
  /** An API key of the server. Never in a browser. */
  apiKey: string
  fetch?: typeof fetch
}

/**
 * What a server of yours asks with an API key. The `openai` package does most of it; this adds what that has no words
 * for: sessions by the short form `{ workflow_id }`, and reading them again.
 *
 * @example
 * const client = createServerClient({ baseURL: 'http://localhost:8787/v1', apiKey: 'development' })
 * const session = await client.chatkit.sessions.create({ workflow_id: 'demo' })
 * const { status } = await client.chatkit.sessions.retrieve(session.id)
 *
 * @throws {ClientError} from every call when the answer is not a success.
 */
export function createServerClient(options: ServerClientOptions) {
  const call = jsonCalls(options)
  const path = '/chatkit/sessions'
  return {
    chatkit: {
      sessions: {
        /** `{ workflow_id }` alone makes a session for somebody new. */
        create: (params: HostedSessionParams | { workflow_id: string; user?: string }) =>
          call<HostedSession>('POST', path, params),
        retrieve: (sessionId: string) => call<HostedSession>('GET', `${path}/${encodeURIComponent(sessionId)}`),
        list: (query: SessionsOf = {}) => call<HostedList<HostedSession>>('GET', path + toQuery(query)),
        cancel: (sessionId: string) => call<HostedSession>('POST', `${path}/${encodeURIComponent(sessionId)}/cancel`),
      },
    },
  }
}

export type ServerClient = ReturnType<typeof createServerClient>
