import { type Page, ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import { timedId } from '../base/random-id.js'
import { recentlyChecked } from '../base/recently-checked.js'
import type { PageQuery } from '../storage/store.js'
import type { SessionRecord, SessionRules, SessionStatus, WorkspaceStore } from '../storage/workspace-store.js'
import type { Principal } from './principal.js'
import { hashSecret } from './secret.js'

export type { SessionRecord, SessionRules, SessionStatus } from '../storage/workspace-store.js'

/** How long a session lives unless its maker says otherwise; also the most, unless the server is set up for more. */
export const DEFAULT_SESSION_SECONDS = 600

/** What a session is made of. */
export interface NewSession {
  workspaceId: string
  userId: string
  /** The one app it reaches, and the name its maker used for it. Absent: every app of the workspace. */
  app?: { id: string; alias: string }
  seconds: number
  rules: SessionRules
  /** What the browser is given: random, in the form the client knows. Only its hash is kept. */
  clientSecret: string
}

/** Whose sessions: a workspace's, or only those of one of its apps. Others do not exist. */
export interface SessionsOf {
  workspaceId: string
  appId?: string
}

/** Sessions: short permissions for browsers, made by a server with an API key. */
export interface Sessions {
  create(session: NewSession): Promise<SessionRecord>
  /** Who holds the client secret. @throws {ParleyError} `unauthorized`, `session_expired` or `session_cancelled` */
  authenticate(clientSecret: string): Promise<Principal>
  /** @throws {ParleyError} `not_found` */
  load(sessionId: string, within: SessionsOf): Promise<SessionRecord>
  list(
    page: PageQuery,
    filter: { userId?: string | undefined; status?: SessionStatus | undefined },
    within: SessionsOf,
  ): Promise<Page<SessionRecord>>
  /** Ends it for good; nothing happens to one that is cancelled already. @throws {ParleyError} `not_found` */
  cancel(sessionId: string, within: SessionsOf): Promise<SessionRecord>
  statusOf(session: SessionRecord): SessionStatus
}

export function createSessions(
  store: WorkspaceStore,
  { clock, onCancel }: { clock: Clock; onCancel(session: SessionRecord): Promise<void> },
): Sessions {
  const recent = recentlyChecked<SessionRecord>(clock)
  const nowText = () => clock.now().toISOString()

  async function load(sessionId: string, { workspaceId, appId }: SessionsOf): Promise<SessionRecord> {
    const session = await store.loadSession(workspaceId, sessionId)
    if (!session || (appId !== undefined && session.app_id !== appId)) notFound(sessionId)
    return session
  }

  return {
    async create({ workspaceId, userId, app, seconds, rules, clientSecret }) {
      const now = clock.now()
      const session: SessionRecord = {
        id: timedId('cksess', now),
        workspace_id: workspaceId,
        user_id: userId,
        ...(app && { app_id: app.id, app_alias: app.alias }),
        created_at: now.toISOString(),
        expires_at: new Date(now.getTime() + seconds * 1000).toISOString(),
        rules,
      }
      await store.addSession(session, await hashSecret(clientSecret))
      return session
    },
    async authenticate(clientSecret) {
      const session = await recent.find(clientSecret, async () => store.findSession(await hashSecret(clientSecret)))
      if (!session)
        throw new ParleyError('unauthorized', 'The client secret is not valid. Get a new one and try again.')
      if (session.cancelled_at) throw new ParleyError('session_cancelled', 'The session was cancelled.')
      if (session.expires_at <= nowText())
        throw new ParleyError('session_expired', 'The session has expired. Get a new client secret and try again.')
      return { workspaceId: session.workspace_id, userId: session.user_id, method: 'session', session }
    },
    load,
    list: (page, filter, { workspaceId, appId }) =>
      store.listSessions(workspaceId, page, { ...filter, appId, now: nowText() }),
    async cancel(sessionId, within) {
      await load(sessionId, within)
      const session = (await store.cancelSession(within.workspaceId, sessionId, nowText())) ?? notFound(sessionId)
      recent.forget(sessionId)
      await onCancel(session)
      return session
    },
    statusOf({ cancelled_at, expires_at }) {
      if (cancelled_at) return 'cancelled'
      return expires_at <= nowText() ? 'expired' : 'active'
    },
  }
}

function notFound(sessionId: string): never {
  throw new ParleyError('not_found', `Chatkit Session with id '${sessionId}' not found.`)
}
