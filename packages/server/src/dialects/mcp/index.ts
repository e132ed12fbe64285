import type { Dialect } from '../dialect.js'
import { encodeError } from './errors.js'
import { type McpParts, mcpRoutes } from './routes.js'

export type { McpCaller } from './routes.js'

/** Parley as an MCP server: its apps are tools. Streamable HTTP, of the versions with sessions and the one without. */
export const mcpDialect = <Context>(parts: McpParts<Context>): Dialect => ({
  name: 'mcp',
  routes: mcpRoutes(parts),
  encodeError,
})
