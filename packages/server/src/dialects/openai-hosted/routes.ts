import type { RouteDescription } from '../../http/route-description.js'
import type { Dialect } from '../dialect.js'
import { XPERT_API } from '../xpert-api.js'
import { encodeXpertError } from '../xpert-error.js'
import { type DomainRouteParts, domainRoutes } from './domain-routes.js'
import { encodeError } from './errors.js'
import { type FileRouteParts, fileRoutes } from './file-routes.js'
import { HOSTED_API, sessionBodySchema, sessionSchema } from './schema.js'
import { createSessionRoute, type SessionRouteParts, sessionRoutes } from './session-routes.js'
import { type ThreadRouteParts, threadRoutes } from './thread-routes.js'
import { XPERT_SESSION } from './xpert-session.js'

export interface HostedOptions {
  sessions: SessionRouteParts
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

const aboutCreating = ({ maxSeconds }: SessionRouteParts): RouteDescription => ({
  id: 'createSession',
  group: 'Sessions',
  summary: 'Create a session: what one browser may do, and for how long.',
  text: 'Hand the `client_secret` of the answer to the browser, and nothing else. It is told this once.',
  body: sessionBodySchema(maxSeconds),
  example: { user: 'user_123', workflow: { id: 'APP_ID' } },
  answer: sessionSchema,
  failures: [404],
})

export const xpertSessionRoutes = (sessions: SessionRouteParts): Dialect => ({
  name: 'xpert-sessions',
  api: () => XPERT_API,
  routes: [createSessionRoute('/api/ai/v1/chatkit/sessions', sessions, XPERT_SESSION)],
  encodeError: encodeXpertError,
})
