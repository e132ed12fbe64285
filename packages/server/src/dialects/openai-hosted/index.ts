import type { LateRouteGroup } from '../../http/route.js'
import { encodeError } from './errors.js'
import type { HostedOptions } from './routes.js'
import type { WorkflowRouteParts } from './workflow-routes.js'

export { encodeError } from './errors.js'

/** OpenAI's hosted ChatKit API: what a server does with an API key. Source: `openai` 6.49 and 7.55, `beta.chatkit`. */
export const hostedChatKit = (options: HostedOptions): LateRouteGroup => ({
  prefix: '/v1/chatkit',
  load: async () => (await import('./routes.js')).hostedRoutes(options),
})

/** Agents made by servers; few servers make any. */
export const hostedWorkflows = (parts: WorkflowRouteParts): LateRouteGroup => ({
  prefix: '/v1/agent_builder',
  async load() {
    const [{ workflowRoutes }, { HOSTED_API }] = await Promise.all([
      import('./workflow-routes.js'),
      import('./schema.js'),
    ])
    return { routes: workflowRoutes(parts), api: () => HOSTED_API, encodeError }
  },
})

/** The same session endpoint below Xpert's base address, which fails in Xpert's words. */
export const xpertSessions = ({ sessions }: Pick<HostedOptions, 'sessions'>): LateRouteGroup => ({
  prefix: '/api/ai',
  load: async () => (await import('./routes.js')).xpertSessionRoutes(sessions),
})
