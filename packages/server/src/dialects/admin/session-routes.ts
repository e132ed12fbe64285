import { ParleyError } from '@parley/protocol'
import {
  type AdminSession,
  adminNewSessionSchema,
  adminSessionPageSchema,
  adminSessionQuerySchema,
  adminSessionSchema,
  createSessionBodySchema,
} from '@parley/protocol/admin'
import { SECRET_PREFIXES } from '../../auth/credential.js'
import { randomSecret } from '../../auth/secret.js'
import type { SessionRecord, SessionRules, SessionStatus, Sessions } from '../../auth/sessions.js'
import { type AdminRoute, defineRoute } from './define-route.js'

export interface SessionParts {
  sessions: Sessions
  /** How long a session lives that is made here. */
  sessionSeconds: number
  /** An app of the workspace, by its id or another name of it. */
  findApp(workspaceId: string, name: string): Promise<{ id: string } | undefined>
}

/** Those of a session that asks for nothing: it is for trying an app out. */
const PLAIN_RULES: SessionRules = {
  state_variables: {},
  tracing: true,
  titling: true,
  requests_per_minute: null,
  uploads: { enabled: false, max_bytes: null, max_files: null },
  history: { enabled: true, recent_threads: null },
}

export function sessionRoutes({ sessions, sessionSeconds, findApp }: SessionParts): AdminRoute[] {
  const encode = (session: SessionRecord) => encodeSession(session, sessions.statusOf(session))
  const group = 'Sessions'
  return [
    defineRoute({
      id: 'listSessions',
      method: 'GET',
      path: '/sessions',
      group,
      summary: 'List the sessions of users’ browsers. Those that are over stay for a week.',
      query: adminSessionQuerySchema,
      answer: adminSessionPageSchema,
      async run({ principal: { workspaceId }, query: { user, app, status, ...page } }) {
        const found = await sessions.list(page, { userId: user, status }, { workspaceId, appId: app })
        return { ...found, data: found.data.map(encode) }
      },
    }),
    defineRoute({
      id: 'createSession',
      method: 'POST',
      path: '/sessions',
      group,
      summary:
        'Create a short session to try an app with. Servers of websites create theirs at `/v1/chatkit/sessions`.',
      body: createSessionBodySchema,
      answer: adminNewSessionSchema,
      status: 201,
      async run({ principal: { workspaceId }, body: { user, app } }) {
        const found = await findApp(workspaceId, app)
        if (!found)
          throw new ParleyError('invalid_request', `app: there is no app "${app}".`, { details: { param: 'app' } })
        const clientSecret = randomSecret(SECRET_PREFIXES.openai)
        const session = await sessions.create({
          workspaceId,
          userId: user,
          app: { id: found.id, alias: app },
          seconds: sessionSeconds,
          rules: PLAIN_RULES,
          clientSecret,
        })
        return { ...encode(session), client_secret: clientSecret }
      },
    }),
    defineRoute({
      id: 'getSession',
      method: 'GET',
      path: '/sessions/:id',
      group,
      summary: 'Get a session.',
      answer: adminSessionSchema,
      failures: [404],
      run: async ({ principal: { workspaceId }, params: { id = '' } }) =>
        encode(await sessions.load(id, { workspaceId })),
    }),
    defineRoute({
      id: 'cancelSession',
      method: 'POST',
      path: '/sessions/:id/cancel',
      group,
      summary: 'End a session: its client secret is worth nothing any more, and what is being written for it stops.',
      answer: adminSessionSchema,
      failures: [404],
      run: async ({ principal: { workspaceId }, params: { id = '' } }) =>
        encode(await sessions.cancel(id, { workspaceId })),
    }),
  ]
}

function encodeSession(session: SessionRecord, status: SessionStatus): AdminSession {
  const { id, user_id, app_id, app_alias, created_at, expires_at, cancelled_at, rules } = session
  const { version, stream_language, requests_per_minute, uploads, history, state_variables } = rules
  return {
    id,
    object: 'session',
    user: user_id,
    app: app_id ?? null,
    app_alias: app_alias ?? null,
    app_version: version ?? null,
    stream_language: stream_language ?? null,
    status,
    created_at,
    expires_at,
    cancelled_at: cancelled_at ?? null,
    requests_per_minute,
    uploads,
    history,
    state_variables,
  }
}
