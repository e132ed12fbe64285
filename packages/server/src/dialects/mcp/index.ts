import type { Dialect } from '../dialect.js'
import { encodeError } from './errors.js'
import { mcpRoutes } from './routes.js'
import type { McpParts } from './tool-routes.js'

export type { McpCaller } from './tool-routes.js'

/** Parley as an MCP server: its apps are tools. Streamable HTTP, of the versions with sessions and the one without. */
export const mcpDialect = <Context>(parts: McpParts<Context>): Dialect => ({
  name: 'mcp',
  routes: mcpRoutes(parts),
  encodeError,
})
