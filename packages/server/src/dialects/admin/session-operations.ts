import {
  type AdminSession,
  adminSessionPageSchema,
  adminSessionQuerySchema,
  adminSessionSchema,
} from '@parley/protocol/admin'
import type { SessionRecord, SessionStatus, Sessions } from '../../auth/sessions.js'
import { defineOperation, type Operation } from './operation.js'

export interface SessionParts {
  sessions: Sessions
}

export function sessionOperations({ sessions }: SessionParts): Operation[] {
  const encode = (session: SessionRecord) => encodeSession(session, sessions.statusOf(session))
  const group = 'Sessions'
  return [
    defineOperation({
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
    defineOperation({
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
    defineOperation({
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
  const { version, requests_per_minute, uploads, history, state_variables } = rules
  return {
    id,
    object: 'session',
    user: user_id,
    app: app_id ?? null,
    app_alias: app_alias ?? null,
    app_version: version ?? null,
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
