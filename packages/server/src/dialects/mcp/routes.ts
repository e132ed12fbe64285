import { ParleyError } from '@parley/protocol'
import { OpenCalls } from '../../base/open-calls.js'
import { randomHex } from '../../base/random-id.js'
import { readJson } from '../../http/body.js'
import { checkBody } from '../check-body.js'
import type { Route, RouteContext } from '../dialect.js'
import { encodeResult } from './encode.js'
import { encodeTool } from './encode-tool.js'
import { RPC, rpcError } from './errors.js'
import {
  answerSchema,
  initializeSchema,
  listSchema,
  messageSchema,
  type RequestId,
  SESSION_VERSIONS,
  STATELESS_VERSIONS,
} from './schema.js'
import { type Asked, callTool, cancelCall, listTools, type McpParts, type Parts, SESSION } from './tool-routes.js'

/** A server that does not change by itself is not asked again at once. */
const LIST_LIFE_MS = 10_000

/** Parley's apps as an MCP server: all a caller reaches at `/mcp`, one at `/mcp/<app>`. Nothing is kept between requests. */
export function mcpRoutes<Context>(parts: McpParts<Context>): Route[] {
  const open = new OpenCalls(parts.peers, 'mcp.cancel')
  const handle = (request: Request, context: RouteContext) => answer({ ...parts, open }, request, context)
  return [
    { method: 'POST', path: '/mcp', description: null, handle },
    { method: 'POST', path: '/mcp/:app', description: null, handle },
  ]
}

async function answer<Context>(
  parts: Parts<Context>,
  request: Request,
  { params: { app }, requestId }: RouteContext,
): Promise<Response> {
  const caller = await parts.callerOf(request)
  if (app !== undefined) await caller.callTo(app)
  const body = await readJson(request)
  if (answerSchema.safeParse(body).success) return new Response(null, { status: 202 })
  const message = checkBody(messageSchema, body)
  const asked: Asked<Context> = { parts, request, requestId, caller, app, message }
  if (message.id === undefined) {
    if (message.method === 'notifications/cancelled') await cancelCall(asked)
    return new Response(null, { status: 202 })
  }
  try {
    return await answerRequest(asked, message.id)
  } catch (thrown) {
    if (!(thrown instanceof ParleyError) || thrown.code !== 'invalid_request') throw thrown
    return Response.json(rpcError(message.id, RPC.invalidParams, thrown.message))
  }
}

async function answerRequest<Context>(asked: Asked<Context>, id: RequestId): Promise<Response> {
  const { message, request } = asked
  const { method, params = {} } = message
  if (method === 'tools/call') return callTool(asked, id)
  const headers = { 'cache-control': 'no-store', ...(method === 'initialize' && { [SESSION]: newSession(request) }) }
  const reply = (result: object) => Response.json(encodeResult(request, id, result), { headers })
  if (method === 'initialize') {
    const { protocolVersion } = checkBody(initializeSchema, params)
    return reply({
      protocolVersion: SESSION_VERSIONS.find((version) => version === protocolVersion) ?? SESSION_VERSIONS[0],
      capabilities: CAPABILITIES,
      serverInfo: SERVER_INFO,
      instructions: INSTRUCTIONS,
    })
  }
  if (method === 'server/discover')
    return reply({
      supportedVersions: STATELESS_VERSIONS,
      capabilities: CAPABILITIES,
      instructions: INSTRUCTIONS,
      _meta: { 'io.modelcontextprotocol/serverInfo': SERVER_INFO },
      ...FRESH,
    })
  if (method === 'ping') return reply({})
  if (method === 'tools/list') {
    await asked.caller.admit('read')
    const { tools, nextCursor } = await listTools(asked, checkBody(listSchema, params).cursor)
    return reply({ tools: tools.map(encodeTool), ...(nextCursor !== undefined && { nextCursor }), ...FRESH })
  }
  return Response.json(rpcError(id, RPC.unknownMethod, `This server knows no method "${method}".`))
}

const CAPABILITIES = { tools: {} }
const SERVER_INFO = { name: 'parley', title: 'Parley', version: '1' }
const INSTRUCTIONS =
  'Each tool is an app that answers messages. An answer names its thread_id; send it along to go on with that conversation.'
const FRESH = { ttlMs: LIST_LIFE_MS, cacheScope: 'private' }

/** Names a client among those of one caller, so that it can cancel; the server keeps nothing of it. */
const newSession = (request: Request) => request.headers.get(SESSION) ?? randomHex(16)
