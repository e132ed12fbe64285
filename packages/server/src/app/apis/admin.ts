import { DEFAULT_SESSION_SECONDS } from '../../auth/sessions.js'
import { workspaceUsers } from '../../auth/workspaces.js'
import { ADMIN_PATH } from '../../dialects/admin/path.js'
import type { LateRouteGroup } from '../../http/route.js'
import { createTraces } from '../../lifecycle/traces.js'
import type { ServerParts } from '../server-parts.js'

/** The admin API. Loaded with its first request: its schemas would cost every start their time. */
export const adminApi = ({ options, store, access, apps, users, ...parts }: ServerParts): LateRouteGroup => ({
  prefix: ADMIN_PATH,
  load: async () =>
    (await import('../../dialects/admin/index.js')).adminDialect({
      principalOf: access.admin,
      limiter: parts.limiter,
      audit: parts.audit,
      apps,
      apiKeys: parts.apiKeys,
      users: workspaceUsers(store.workspaces),
      userData: users,
      figures: options.figures,
      traces: createTraces(store.traces),
      providers: options.providers,
      secrets: options.secrets,
      mcpServers: options.mcpServers,
      sessions: parts.sessions,
      sessionSeconds: Math.min(DEFAULT_SESSION_SECONDS, parts.maxSessionSeconds),
      workspaces: parts.workspaces,
      knowledge: parts.knowledge,
      maxDocumentBytes: parts.maxDocumentBytes,
      limits: parts.limits,
      retentionDays: options.retentionDays,
      clock: parts.clock,
      findApp: apps.find,
    }),
})
