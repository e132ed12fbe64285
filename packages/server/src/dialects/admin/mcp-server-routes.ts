import { ParleyError } from '@parley/protocol'
import {
  type AdminMcpServer,
  type AdminMcpTest,
  adminMcpConnectSchema,
  adminMcpServerPageSchema,
  adminMcpServerQuerySchema,
  adminMcpServerSchema,
  adminMcpTestSchema,
  createMcpServerBodySchema,
  finishMcpConnectBodySchema,
  updateMcpServerBodySchema,
} from '@parley/protocol/admin'
import { publicUrlOf } from '../../http/public-url.js'
import type { AnyMcpServer, McpServers } from '../../mcp-servers/mcp-servers.js'
import type { Route } from '../dialect.js'
import { type AdminRoute, defineRoute } from './define-route.js'
import { ADMIN_PATH } from './path.js'

export interface McpPartsOfAdmin {
  /** Absent: the server reaches none. */
  mcpServers: McpServers | undefined
}

export function mcpServerRoutes({ mcpServers }: McpPartsOfAdmin): AdminRoute[] {
  const group = 'MCP servers'
  return [
    defineRoute({
      id: 'listMcpServers',
      method: 'GET',
      path: '/mcp_servers',
      group,
      summary: 'List the MCP servers whose tools apps may have.',
      query: adminMcpServerQuerySchema,
      answer: adminMcpServerPageSchema,
      failures: [501],
      async run({ principal, query }) {
        const page = await given(mcpServers).list(principal.workspaceId, query)
        return { ...page, data: page.data.map(encodeServer) }
      },
    }),
    defineRoute({
      id: 'createMcpServer',
      method: 'POST',
      path: '/mcp_servers',
      group,
      summary: 'Add an MCP server by its address (streamable HTTP).',
      body: createMcpServerBodySchema,
      answer: adminMcpServerSchema,
      status: 201,
      failures: [409, 501],
      run: async ({ principal, body }) =>
        encodeServer({ stored: await given(mcpServers).create(principal.workspaceId, body) }),
    }),
    defineRoute({
      id: 'getMcpServer',
      method: 'GET',
      path: '/mcp_servers/:id',
      group,
      summary: 'Get an MCP server.',
      answer: adminMcpServerSchema,
      failures: [404, 501],
      run: async ({ principal, params: { id = '' } }) =>
        encodeServer(await given(mcpServers).load(principal.workspaceId, id)),
    }),
    defineRoute({
      id: 'updateMcpServer',
      method: 'PATCH',
      path: '/mcp_servers/:id',
      group,
      summary: 'Change an MCP server. The next message reaches it as it is then.',
      body: updateMcpServerBodySchema,
      answer: adminMcpServerSchema,
      failures: [404, 409, 501],
      run: async ({ principal, params: { id = '' }, body }) =>
        encodeServer({ stored: await given(mcpServers).change(principal.workspaceId, id, body) }),
    }),
    defineRoute({
      id: 'testMcpServer',
      method: 'POST',
      path: '/mcp_servers/:id/test',
      group,
      summary: 'Connect to an MCP server and list its tools, or say why that fails.',
      answer: adminMcpTestSchema,
      failures: [404, 501],
      async run({ principal, params: { id = '' } }): Promise<AdminMcpTest> {
        const { tools, problem = null } = await given(mcpServers).test(principal.workspaceId, id)
        return {
          tools: tools.map(({ name, title = null, description = null }) => ({ name, title, description })),
          problem,
        }
      },
    }),
    defineRoute({
      id: 'connectMcpServer',
      method: 'POST',
      path: '/mcp_servers/:id/connect',
      group,
      summary: 'Begin to sign in at an MCP server for the workspace: the answer says where to go in a browser.',
      answer: adminMcpConnectSchema,
      failures: [404, 409, 501, 502],
      run: async ({ principal, params: { id = '' }, origin }) => ({
        authorization_url: await given(mcpServers).connect(principal.workspaceId, id, origin + CALLBACK_PATH),
      }),
    }),
    defineRoute({
      id: 'finishMcpConnect',
      method: 'POST',
      path: '/mcp_connects',
      group,
      summary: 'End a sign-in with what the authorization server sent back.',
      body: finishMcpConnectBodySchema,
      answer: adminMcpServerSchema,
      failures: [501, 502],
      run: async ({ principal, body }) =>
        encodeServer({ stored: await given(mcpServers).finishConnect(principal.workspaceId, body) }),
    }),
    defineRoute({
      id: 'disconnectMcpServer',
      method: 'POST',
      path: '/mcp_servers/:id/disconnect',
      group,
      summary: 'Give the login at an MCP server back. Apps that name it answer without its tools.',
      answer: adminMcpServerSchema,
      failures: [404, 409, 501],
      run: async ({ principal, params: { id = '' } }) =>
        encodeServer({ stored: await given(mcpServers).disconnect(principal.workspaceId, id) }),
    }),
    defineRoute({
      id: 'deleteMcpServer',
      method: 'DELETE',
      path: '/mcp_servers/:id',
      group,
      summary: 'Delete an MCP server. Apps that name it answer without its tools.',
      failures: [404, 409, 501],
      run: ({ principal, params: { id = '' } }) => given(mcpServers).delete(principal.workspaceId, id),
    }),
  ]
}

/** Where authorization servers send people back to. */
const CALLBACK_PATH = `${ADMIN_PATH}/mcp_callback`

/**
 * Takes whoever comes back into the studio, which ends the sign-in for the person it knows: what stands in the address
 * is worth nothing without the state this workspace made. Behind `#`, so that no log sees it.
 */
export const mcpCallbackRoute: Route = {
  method: 'GET',
  path: CALLBACK_PATH,
  description: null,
  handle(request) {
    const answer = new URL(request.url).search.slice(1, 4000)
    const location = `${publicUrlOf(request)}/studio#/mcp/${encodeURIComponent(answer)}`
    return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
  },
}

function given(mcpServers: McpServers | undefined): McpServers {
  if (mcpServers) return mcpServers
  throw new ParleyError('not_configured', 'This server reaches no MCP servers.')
}

/** Of a server of the settings nothing is told but that it is there: its headers and its command are the operator's. */
function encodeServer(server: AnyMcpServer): AdminMcpServer {
  if ('given' in server) {
    const { given: one } = server
    return {
      id: one.id,
      object: 'mcp_server',
      name: one.id,
      source: 'server',
      url: 'url' in one ? new URL(one.url).origin : null,
      headers: {},
      timeout_seconds: one.timeoutMs === undefined ? null : one.timeoutMs / 1000,
      oauth: null,
      created_at: null,
      updated_at: null,
    }
  }
  const { id, name, url, headers = {}, timeout_seconds = null, oauth, created_at, updated_at } = server.stored
  return {
    id,
    object: 'mcp_server',
    name,
    source: 'workspace',
    url,
    headers,
    timeout_seconds,
    oauth: oauth
      ? {
          client_id: oauth.client_id ?? null,
          scope: oauth.scope ?? null,
          connected_at: oauth.connected_at ?? null,
        }
      : null,
    created_at,
    updated_at,
  }
}
