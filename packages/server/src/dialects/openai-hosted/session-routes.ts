import type { SessionRecord } from '../../auth/sessions.js'
import { readList } from '../../base/read-list.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'
import type { CreateSessionParts } from './create-session-route.js'
import { queryOf } from './decode.js'
import { encodeList, encodeSession } from './encode.js'
import { sessionListSchema, sessionQuerySchema, sessionSchema } from './schema.js'

/** `cancel` as OpenAI has it; `retrieve` and `list` besides, for clients that want them. */
export function sessionRoutes({ sessions, callerOf }: Pick<CreateSessionParts, 'sessions' | 'callerOf'>): Route[] {
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
