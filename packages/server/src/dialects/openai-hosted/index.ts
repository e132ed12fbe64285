import type { LateRouteGroup } from '../../http/route.js'
import type { Dialect } from '../dialect.js'
import { type DomainRouteParts, domainRoutes } from './domain-routes.js'
import { encodeError } from './errors.js'
import { type FileRouteParts, fileRoutes } from './file-routes.js'
import { createSessionRoute, type SessionRouteParts, sessionRoutes } from './session-routes.js'
import { type ThreadRouteParts, threadRoutes } from './thread-routes.js'
import type { WorkflowRouteParts } from './workflow-routes.js'
import { encodeXpertError } from './xpert-session.js'

export { DEFAULT_SESSION_SECONDS } from './schema.js'

export interface HostedOptions {
  sessions: SessionRouteParts
  threads: ThreadRouteParts
  files: FileRouteParts
  domains: DomainRouteParts
}

/** OpenAI's hosted ChatKit API: what a server does with an API key. Source: `openai` 6.49 and 7.55, `beta.chatkit`. */
export const openAiHostedDialect = ({ sessions, threads, files, domains }: HostedOptions): Dialect => ({
  name: 'openai-hosted',
  routes: [
    createSessionRoute('/v1/chatkit/sessions', sessions),
    ...sessionRoutes(sessions),
    ...threadRoutes(threads),
    ...fileRoutes(files),
    ...domainRoutes(domains),
  ],
  encodeError,
})

/** Agents made by servers; few servers make any. */
export const hostedWorkflows = (parts: WorkflowRouteParts): LateRouteGroup => ({
  prefix: '/v1/agent_builder',
  async load() {
    const { workflowRoutes } = await import('./workflow-routes.js')
    return { routes: workflowRoutes(parts), encodeError }
  },
})

/** The same session endpoint below Xpert's base address, which fails in Xpert's words. */
export const xpertSessionDialect = ({ sessions }: Pick<HostedOptions, 'sessions'>): Dialect => ({
  name: 'xpert-sessions',
  routes: [createSessionRoute('/api/ai/v1/chatkit/sessions', sessions)],
  encodeError: encodeXpertError,
})
