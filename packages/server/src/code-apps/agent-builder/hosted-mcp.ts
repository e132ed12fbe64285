import { type McpApproval, mcpServer } from '../../agents/mcp/mcp-server.js'
import type { Log } from '../../base/log.js'

/** What an exported program says of a hosted MCP tool. Source: OpenAI's API reference, "Create a response", tools. */
interface HostedMcp {
  server_label?: string
  server_url?: string
  authorization?: string
  headers?: Record<string, string>
  allowed_tools?: string[] | { tool_names?: string[] }
  require_approval?: 'never' | 'always' | Partial<Record<'always' | 'never', { tool_names?: string[] }>>
}

/** A server that is closed with its app. */
export type HostedMcpServer = ReturnType<typeof mcpServer>

/** The MCP server behind a hosted tool, reached from here. `undefined`: it is a connector, which only OpenAI can reach. */
export function serverOfHostedMcp(providerData: unknown, log: Log): HostedMcpServer | undefined {
  const given = providerData as HostedMcp // the SDK's `hostedMcpTool` made it
  if (!given.server_url) return undefined
  const headers = {
    ...given.headers,
    ...(given.authorization && { authorization: `Bearer ${given.authorization}` }),
  }
  const tools = Array.isArray(given.allowed_tools) ? given.allowed_tools : given.allowed_tools?.tool_names
  const name = given.server_label ?? new URL(given.server_url).host
  return mcpServer({ name, url: given.server_url, headers, tools, approval: approvalOf(given) }, { log })
}

function approvalOf({ require_approval: given = 'never' }: HostedMcp): McpApproval {
  if (typeof given === 'string') return given
  return { always: given.always?.tool_names, never: given.never?.tool_names }
}
