import { type InputValues, ParleyError } from '@parley/protocol'
import type { Principal } from '../../auth/principal.js'
import { onlyAppOf } from '../../auth/principal.js'
import type { Peers } from '../../base/peers.js'
import { randomHex } from '../../base/random-id.js'
import type { WorkspaceApps } from '../../catalog/workspace-apps.js'
import type { Call, Engine, RunStream } from '../../engine/engine.js'
import { readJson } from '../../http/body.js'
import { eventStreamResponse } from '../../http/event-stream.js'
import type { RequestCost } from '../../http/rate-limits/rules.js'
import { checkBody } from '../check-body.js'
import type { Route, RouteContext } from '../dialect.js'
import { Answer } from './answer.js'
import { RPC, rpcError } from './errors.js'
import { OpenCalls } from './open-calls.js'
import {
  answerSchema,
  argumentsSchema,
  callSchema,
  cancelledSchema,
  initializeSchema,
  listSchema,
  type Message,
  messageSchema,
  type RequestId,
  SESSION_VERSIONS,
  STATELESS_VERSIONS,
} from './schema.js'
import { type AppTool, encodeTool, toolName, toTool } from './tools.js'

/** Whoever calls, with any credential that may chat. */
export interface McpCaller<Context> {
  principal: Principal
  /** @throws {ParleyError} `app_not_found`, also for an app the credential does not reach */
  callTo(appId: string): Promise<Call<Context>>
  /** Counts a request against the caller's limits. @throws {ParleyError} `rate_limited` */
  admit(cost: RequestCost): Promise<void>
}

export interface McpParts<Context> {
  engine: Engine<Context>
  apps: WorkspaceApps<Context>
  /** A call may be answered by one server and cancelled at another. */
  peers: Peers
  /** @throws {ParleyError} `unauthorized` or `forbidden` */
  callerOf(request: Request): Promise<McpCaller<Context>>
  /** Told when a stream breaks after it was opened. */
  report(thrown: unknown, request: Request, requestId: string): void
}

const SESSION = 'mcp-session-id'
const HEARTBEAT_MS = 15_000
const PER_PAGE = 100
/** A server that does not change by itself is not asked again at once. */
const LIST_LIFE_MS = 10_000

/** Parley's apps as an MCP server: all a caller reaches at `/mcp`, one at `/mcp/<app>`. Nothing is kept between requests. */
export function mcpRoutes<Context>(parts: McpParts<Context>): Route[] {
  const open = new OpenCalls(parts.peers)
  const handle = (request: Request, context: RouteContext) => answer({ ...parts, open }, request, context)
  return [
    { method: 'POST', path: '/mcp', description: null, handle },
    { method: 'POST', path: '/mcp/:app', description: null, handle },
  ]
}

type Parts<Context> = McpParts<Context> & { open: OpenCalls }

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
    if (message.method === 'notifications/cancelled') await cancel(asked)
    return new Response(null, { status: 202 })
  }
  try {
    return await answerRequest(asked, message.id)
  } catch (thrown) {
    if (!(thrown instanceof ParleyError) || thrown.code !== 'invalid_request') throw thrown
    return Response.json(rpcError(message.id, RPC.invalidParams, thrown.message))
  }
}

interface Asked<Context> {
  parts: Parts<Context>
  request: Request
  requestId: string
  caller: McpCaller<Context>
  /** The one app this address is about. */
  app: string | undefined
  message: Message
}

async function answerRequest<Context>(asked: Asked<Context>, id: RequestId): Promise<Response> {
  const { message, request } = asked
  const { method, params = {} } = message
  if (method === 'tools/call') return callTool(asked, id)
  const headers = { 'cache-control': 'no-store', ...(method === 'initialize' && { [SESSION]: newSession(request) }) }
  const reply = (result: object) => Response.json({ jsonrpc: '2.0', id, result: stamped(request, result) }, { headers })
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

/** Later versions say of each result that it is one. */
const stamped = (request: Request, result: object) =>
  STATELESS_VERSIONS.some((version) => version === request.headers.get('mcp-protocol-version'))
    ? { ...result, resultType: 'complete' }
    : result

async function listTools<Context>(
  { parts: { apps }, caller, app }: Asked<Context>,
  cursor: string | undefined,
): Promise<{ tools: AppTool[]; nextCursor?: string | undefined }> {
  const { workspaceId } = caller.principal
  const only = app ?? onlyAppOf(caller.principal)
  if (only !== undefined) return { tools: [await toolOf(apps, { workspaceId, name: only })] }
  const page = await apps.list(workspaceId, {
    limit: PER_PAGE,
    order: 'asc',
    ...(cursor !== undefined && { after: cursor }),
  })
  const tools = await Promise.all(
    page.data.map((one) => toolOf(apps, { workspaceId, name: 'code' in one ? one.code.id : one.stored.app.id })),
  )
  return { tools, nextCursor: page.has_more ? page.after : undefined }
}

async function toolOf<Context>(
  apps: WorkspaceApps<Context>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<AppTool> {
  const [listed, found] = await Promise.all([apps.load(workspaceId, name), apps.find(workspaceId, name)])
  return toTool(listed, found?.app ?? {})
}

/** The app behind a tool: of its own name, or of one that is no name of a tool as it is. */
async function appIdOf<Context>(asked: Asked<Context>, name: string): Promise<string | undefined> {
  let cursor: string | undefined
  do {
    const { tools, nextCursor } = await listTools(asked, cursor)
    const found = tools.find(({ id }) => toolName(id) === name)
    if (found) return found.id
    cursor = nextCursor
  } while (cursor !== undefined)
  return undefined
}

async function callTool<Context>(asked: Asked<Context>, id: RequestId): Promise<Response> {
  const { parts, caller, message, request } = asked
  const { name, arguments: given } = checkBody(callSchema, message.params ?? {})
  await caller.admit('work')
  const appId = await appIdOf(asked, name)
  if (appId === undefined)
    return Response.json(rpcError(id, RPC.invalidParams, `There is no tool "${name}" here. List the tools.`))
  const call = await caller.callTo(appId)
  let stream: RunStream
  try {
    stream = await start(parts.engine, call, checkBody(argumentsSchema, given))
  } catch (thrown) {
    if (!(thrown instanceof ParleyError) || thrown.code === 'internal') throw thrown
    const result = { content: [{ type: 'text', text: thrown.message }], isError: true }
    return Response.json({ jsonrpc: '2.0', id, result: stamped(request, result) })
  }
  const { run } = stream
  const close = parts.open.add(keyOf(asked, id), () => parts.engine.cancelRun(call, run.threadId, { runId: run.id }))
  return takesEvents(request) ? told(asked, { id, stream, close }) : whole(asked, { id, stream, close })
}

interface OpenCall {
  id: RequestId
  stream: RunStream
  close(): void
}

function start<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { message, thread_id, inputs }: ReturnType<typeof argumentsSchema.parse>,
): Promise<RunStream> {
  const input = {
    content: message === '' ? [] : [{ type: 'input_text' as const, text: message }],
    attachments: [],
    inference_options: {},
  }
  if (thread_id !== undefined) return engine.addUserMessage(call, thread_id, input, { whenBusy: 'enqueue' })
  return engine.startThread(call, input, inputs && { inputs: inputs as InputValues }) // the app's own form checks them
}

const takesEvents = ({ headers }: Request) => headers.get('accept')?.includes('text/event-stream') ?? false

/** The answer in one piece. Whoever leaves stops it. */
async function whole<Context>(asked: Asked<Context>, { id, stream, close }: OpenCall): Promise<Response> {
  const { request } = asked
  const left = () => stream.leave({ canReturn: false })
  request.signal.addEventListener('abort', left, { once: true })
  try {
    const answer = new Answer(stream.run.threadId)
    for await (const entries of stream.entries) for (const { event } of entries) answer.take(event)
    return Response.json({ jsonrpc: '2.0', id, result: stamped(request, answer.result()) })
  } finally {
    request.signal.removeEventListener('abort', left)
    close()
  }
}

/** The answer behind words about its progress, for those who asked for them. Whoever leaves stops it. */
function told<Context>(asked: Asked<Context>, { id, stream, close }: OpenCall): Response {
  const { request, requestId, message, parts } = asked
  const progressToken = message.params?._meta?.progressToken
  return eventStreamResponse(async (sink) => {
    const left = () => stream.leave({ canReturn: false })
    if (sink.signal.aborted) return left()
    sink.signal.addEventListener('abort', left, { once: true })
    const write = (body: object) =>
      sink.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...body })}\n\n`)
    const beating = setInterval(() => void sink.write(': keep-alive\n\n'), HEARTBEAT_MS)
    try {
      const answer = new Answer(stream.run.threadId)
      let progress = 0
      for await (const entries of stream.entries)
        for (const { event } of entries) {
          const words = answer.take(event)
          if (words === undefined || progressToken === undefined) continue
          const params = { progressToken, progress: ++progress, message: words }
          await write({ method: 'notifications/progress', params })
        }
      await write({ id, result: stamped(request, answer.result()) })
    } catch (thrown) {
      parts.report(thrown, request, requestId)
      await write(rpcError(id, -32603, 'The answer broke off. The server’s log says why.'))
    } finally {
      clearInterval(beating)
      sink.signal.removeEventListener('abort', left)
      close()
    }
  })
}

async function cancel<Context>(asked: Asked<Context>): Promise<void> {
  const { requestId } = checkBody(cancelledSchema, asked.message.params ?? {})
  await asked.parts.open.cancel(keyOf(asked, requestId))
}

/** A request of one client of one caller. */
const keyOf = <Context>({ request, caller: { principal } }: Asked<Context>, id: RequestId): string =>
  JSON.stringify([principal.workspaceId, principal.userId, onlyAppOf(principal), request.headers.get(SESSION), id])
