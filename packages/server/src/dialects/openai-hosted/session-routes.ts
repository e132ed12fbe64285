import { ParleyError } from '@parley/protocol'
import type { ServerCaller } from '../../auth/access.js'
import type { SessionRecord } from '../../auth/sessions.js'
import { readJson } from '../../http/body.js'
import type { RouteDescription } from '../../http/route-description.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'
import { encodeXpertError } from '../xpert-error.js'
import { createSession, type SessionParts } from './create-session.js'
import { queryOf } from './decode.js'
import { encodeList, encodeSession } from './encode.js'
import { readList } from './read-list.js'
import { sessionListSchema, sessionQuerySchema, sessionSchema } from './schema.js'
import { createXpertSession, isXpertBody } from './xpert-session.js'

/** A state variable may hold ten million characters. */
const MAX_BODY_BYTES = 12 * 1024 * 1024

export interface SessionRouteParts extends SessionParts {
  /** A server with the scope `chat`. */
  callerOf(request: Request): Promise<ServerCaller>
}

/** `POST …/chatkit/sessions`: OpenAI's body, its short form, or one of Xpert's. Each is answered in its own words. */
export function createSessionRoute(path: string, parts: SessionRouteParts, description: RouteDescription): Route {
  return {
    method: 'POST',
    path,
    description,
    async handle(request, { requestId }) {
      const caller = await parts.callerOf(request)
      const body = await readJson(request, { maxBytes: MAX_BODY_BYTES })
      if (!isXpertBody(body, path)) return Response.json(await createSession(parts, caller, body))
      try {
        const answer = await createXpertSession(parts, caller, { body, headers: request.headers, requestId })
        return Response.json(answer, { status: 201 })
      } catch (thrown) {
        if (thrown instanceof ParleyError) return encodeXpertError(thrown)
        throw thrown
      }
    },
  }
}

/** `cancel` as OpenAI has it; `retrieve` and `list` besides, for clients that want them. */
export function sessionRoutes({ sessions, callerOf }: SessionRouteParts): Route[] {
  const path = '/v1/chatkit/sessions'
  const group = 'Sessions'
  const encode = (session: SessionRecord) => encodeSession(session, sessions.statusOf(session))
  return [
    {
      method: 'GET',
      path,
      description: {
        id: 'listSessions',
        group,
        summary: 'List sessions, of one user or of all, of one status or of any.',
        query: sessionQuerySchema,
        answer: sessionListSchema,
      },
      async handle(request) {
        const caller = await callerOf(request)
        const { user, status, ...part } = checkBody(sessionQuerySchema, queryOf(request))
        const filter = { userId: user, status }
        const { data, hasMore } = await readList(part, (page) => sessions.list(page, filter, caller), encode)
        return Response.json(encodeList(data, hasMore))
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      description: {
        id: 'getSession',
        group,
        summary: 'Get a session. Its client secret is masked.',
        answer: sessionSchema,
        failures: [404],
      },
      handle: async (request, { params: { id = '' } }) =>
        Response.json(encode(await sessions.load(id, await callerOf(request)))),
    },
    {
      method: 'POST',
      path: `${path}/:id/cancel`,
      description: {
        id: 'cancelSession',
        group,
        summary: 'End a session at once: its client secret is worth nothing any more, and its answers stop.',
        answer: sessionSchema,
        failures: [404],
      },
      handle: async (request, { params: { id = '' } }) =>
        Response.json(encode(await sessions.cancel(id, await callerOf(request)))),
    },
  ]
}
