import type { RouteDescription } from '../../http/route-description.js'
import type { Dialect } from '../dialect.js'
import { XPERT_API } from '../xpert-api.js'
import { encodeXpertError } from '../xpert-error.js'
import { type CreateSessionParts, createSessionRoute } from './create-session-route.js'
import { type DomainRouteParts, domainRoutes } from './domain-routes.js'
import { encodeError } from './errors.js'
import { type FileRouteParts, fileRoutes } from './file-routes.js'
import { HOSTED_API, sessionBodySchema, sessionSchema } from './schema.js'
import { sessionRoutes } from './session-routes.js'
import { type ThreadRouteParts, threadRoutes } from './thread-routes.js'
import { xpertSessionBodySchema, xpertSessionSchema } from './xpert-session-schema.js'

export interface HostedOptions {
  sessions: CreateSessionParts
  threads: ThreadRouteParts
  files: FileRouteParts
  domains: DomainRouteParts
}

export const hostedRoutes = ({ sessions, threads, files, domains }: HostedOptions): Dialect => ({
  name: 'openai-hosted',
  api: () => HOSTED_API,
  routes: [
    createSessionRoute('/v1/chatkit/sessions', sessions, aboutCreating(sessions)),
    ...sessionRoutes(sessions),
    ...threadRoutes(threads),
    ...fileRoutes(files),
    ...domainRoutes(domains),
  ],
  encodeError,
})

const aboutCreating = ({ maxSeconds }: CreateSessionParts): RouteDescription => ({
  id: 'createSession',
  group: 'Sessions',
  summary: 'Create a session: what one browser may do, and for how long.',
  text: 'Hand the `client_secret` of the answer to the browser, and nothing else. It is told this once. A body without `workflow` is taken for one of Xpert’s, and answered in the words of its API.',
  body: sessionBodySchema(maxSeconds),
  example: { user: 'user_123', workflow: { id: 'APP_ID' } },
  answer: sessionSchema,
  failures: [404],
})

export const xpertSessionRoutes = (sessions: CreateSessionParts): Dialect => ({
  name: 'xpert-sessions',
  api: () => XPERT_API,
  routes: [createSessionRoute('/api/ai/v1/chatkit/sessions', sessions, aboutCreatingForXpert)],
  encodeError: encodeXpertError,
})

const aboutCreatingForXpert: RouteDescription = {
  id: 'createChatKitSession',
  group: 'ChatKit sessions',
  summary: 'Create a session for a browser: what it may do, and for how long.',
  text: 'A body with `workflow` is one of the hosted API, and answered in its words.',
  body: xpertSessionBodySchema,
  example: { assistant: { id: 'APP_ID' }, user: 'user_123' },
  status: 201,
  answer: xpertSessionSchema,
  failures: [404],
  headers: {
    'organization-id': 'Keeps the users of an organization apart from those of others.',
    'x-principal-user-id': 'The user, where the body names none.',
  },
}
