import type { Principal } from '../../auth/principal.js'
import type { McpCaller } from '../../dialects/mcp/index.js'
import type { LateRouteGroup } from '../../http/route.js'
import { type Caller, callOf } from '../caller.js'
import type { ServerParts } from '../server-parts.js'

/** Apps as tools of an MCP server. Loaded with its first request. */
export const mcpApi = ({ engine, apps, peers, access, admit, report }: ServerParts): LateRouteGroup => ({
  prefix: '/mcp',
  load: async () =>
    (await import('../../dialects/mcp/index.js')).mcpDialect<Caller>({
      engine,
      apps,
      peers,
      callerOf: async (request) => callerOf(await access.either(request), request, { apps, admit }),
      report,
    }),
})

const callerOf = (
  principal: Principal,
  request: Request,
  { apps, admit }: Pick<ServerParts, 'apps' | 'admit'>,
): McpCaller<Caller> => ({
  principal,
  callTo: (appId) => callOf(principal, { apps, request, appId }),
  admit: (cost) => admit.either(request, principal, cost),
})
