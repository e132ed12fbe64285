import { type InputValues, ParleyError } from '@parley/protocol'
import { onlyAppOf, type Principal } from '../../auth/principal.js'
import type { OpenCalls } from '../../base/open-calls.js'
import type { Peers } from '../../base/peers.js'
import type { WorkspaceApps } from '../../catalog/workspace-apps.js'
import type { Call, Engine, RunStream } from '../../engine/engine.js'
import { eventStreamResponse } from '../../http/event-stream.js'
import type { RequestCost } from '../../http/rate-limits/rules.js'
import { checkBody } from '../check-body.js'
import { encodeResult } from './encode.js'
import { Answer } from './encode-answer.js'
import { encodeStream } from './encode-stream.js'
import { type AppTool, toolName, toTool } from './encode-tool.js'
import { RPC, rpcError } from './errors.js'
import { argumentsSchema, callSchema, cancelledSchema, type Message, type RequestId } from './schema.js'

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

export type Parts<Context> = McpParts<Context> & { open: OpenCalls }

/** A request, and everything there is to know of it. */
export interface Asked<Context> {
  parts: Parts<Context>
  request: Request
  requestId: string
  caller: McpCaller<Context>
  /** The one app this address is about. */
  app: string | undefined
  message: Message
}

/** Names a client among those of one caller. */
export const SESSION = 'mcp-session-id'

const PER_PAGE = 100

export async function listTools<Context>(
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

export async function callTool<Context>(asked: Asked<Context>, id: RequestId): Promise<Response> {
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
    return Response.json(encodeResult(request, id, result))
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
    return Response.json(encodeResult(request, id, answer.result()))
  } finally {
    request.signal.removeEventListener('abort', left)
    close()
  }
}

/** The answer as it is written, where the client takes events. */
function told<Context>(asked: Asked<Context>, { id, stream, close }: OpenCall): Response {
  const { request, requestId, message, parts } = asked
  const write = encodeStream(stream, {
    id,
    progressToken: message.params?._meta?.progressToken,
    encodeResult: (result) => encodeResult(request, id, result),
    report: (thrown) => parts.report(thrown, request, requestId),
  })
  return eventStreamResponse((sink) => write(sink).finally(close))
}

export async function cancelCall<Context>(asked: Asked<Context>): Promise<void> {
  const { requestId } = checkBody(cancelledSchema, asked.message.params ?? {})
  await asked.parts.open.stop(keyOf(asked, requestId))
}

/** A request of one client of one caller. */
const keyOf = <Context>({ request, caller: { principal } }: Asked<Context>, id: RequestId): string =>
  JSON.stringify([principal.workspaceId, principal.userId, onlyAppOf(principal), request.headers.get(SESSION), id])
