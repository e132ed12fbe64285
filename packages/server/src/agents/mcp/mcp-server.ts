import type { MCPServer } from '@openai/agents-core'
import type { AnyAgent } from '../thread-history.js'
import { mcpTool } from './mcp-tool.js'
import { type SteadyOptions, SteadyServer } from './steady-server.js'

type FunctionTool = Extract<AnyAgent['tools'][number], { type: 'function' }>

/** An MCP server at an address (streamable HTTP), or a program of this machine (stdio). */
export type McpPlace = { url: string; headers?: Record<string, string> | undefined } | McpProgram

/** A program that is started with the first run, and ended with the app. */
export interface McpProgram {
  command: string
  args?: string[] | undefined
  /** Beside `PATH`, `HOME` and the like, which it always gets. */
  env?: Record<string, string> | undefined
  cwd?: string | undefined
}

/** Which tools of a server an agent gets, and which of them a person has to allow. */
export interface McpChoice {
  /** The tools agents get. Absent: all. */
  tools?: string[] | undefined
  /** Which calls a person has to allow. Those of `never` and all that `always` leaves out are free. Default `never`. */
  approval?: McpApproval | undefined
}

/** An MCP server an app uses. */
export type McpServerOptions = {
  /** What it is called in the log, and before the names of tools that another server has too. */
  name: string
  /** How long a call may take. Default 60 s. */
  timeoutMs?: number | undefined
} & McpChoice &
  McpPlace

export type McpApproval = 'never' | 'always' | { always?: string[] | undefined; never?: string[] | undefined }

/** A server that can be asked for its tools. */
export interface McpServer {
  /** What stands before the names of tools that another server has too. */
  key: string
  /** For people. */
  name: string
  /** As they are now, none while the server cannot be reached; the same array as long as they are the same. */
  tools(): Promise<FunctionTool[]>
  /** Why there were none when it was last asked. */
  problem(): string | undefined
}

/** How a server is reached. */
export interface McpConnecting extends SteadyOptions {
  /** Default: the platform's, which reaches everything. */
  fetch?: typeof fetch | undefined
}

const CALL_MS = 60_000
/** How long a program may take to start, which `npx` may have to fetch first. No answer waits for that. */
const START_SECONDS = 60

/** Prepares a server; it is connected when its tools are first asked for. */
export function mcpServer(
  options: McpServerOptions,
  connecting: McpConnecting,
): McpServer & { close(): Promise<void> } {
  const opening = openMcpServer(options, connecting)
  return {
    ...chosenTools(options.name, () => opening, options),
    close: async () => (await opening).close(),
  }
}

/** A server that is connected with the first question, and again whenever the connection broke. */
export async function openMcpServer(
  options: Omit<McpServerOptions, keyof McpChoice> & McpPlace,
  { fetch, ...connecting }: McpConnecting,
): Promise<SteadyServer> {
  const { MCPServerStdio, MCPServerStreamableHttp } = await import('./mcp-sdk.js')
  const { name, timeoutMs = CALL_MS } = options
  const common = { name, timeout: timeoutMs, logger: SILENT }
  const server: MCPServer =
    'url' in options
      ? new MCPServerStreamableHttp({
          ...common,
          url: options.url,
          ...(options.headers && { requestInit: { headers: options.headers } }),
          ...(fetch && { fetch }),
        })
      : new MCPServerStdio({
          ...common,
          command: options.command,
          args: options.args,
          env: options.env,
          cwd: options.cwd,
          clientSessionTimeoutSeconds: START_SECONDS,
        })
  return new SteadyServer(server, connecting)
}

/** What goes wrong is told by whoever asks for tools, once and with the server's name. */
const SILENT = {
  namespace: 'parley:mcp',
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  dontLogModelData: true,
  dontLogToolData: true,
}

/**
 * The tools that were chosen of a server. `open` is asked for it each time, as it may be another one since.
 * @param open rejects with what the log may say when there is no such server
 */
export function chosenTools(
  key: string,
  open: () => Promise<SteadyServer>,
  { tools: chosen, approval }: McpChoice,
): McpServer {
  let known: { server: SteadyServer; listed: string; tools: FunctionTool[] } | undefined
  let problem: string | undefined
  let name = key
  return {
    key,
    get name() {
      return name
    },
    problem: () => problem,
    async tools() {
      const server = await open().catch((thrown: unknown) => {
        problem = thrown instanceof Error ? thrown.message : String(thrown)
        return undefined
      })
      if (!server) return NONE
      name = server.name
      const listed = (await server.listTools()).filter((tool) => chosen?.includes(tool.name) ?? true)
      problem = server.problem
      const text = JSON.stringify(listed)
      if (known?.server === server && known.listed === text) return known.tools
      const tools = await Promise.all(listed.map((tool) => mcpTool(tool, server, mustAsk(approval, tool.name))))
      known = { server, listed: text, tools: tools.length > 0 ? tools : NONE }
      return known.tools
    },
  }
}

const NONE: FunctionTool[] = []

function mustAsk(approval: McpApproval = 'never', tool: string): boolean {
  if (typeof approval === 'string') return approval === 'always'
  const { always, never } = approval
  return always?.includes(tool) ?? !never?.includes(tool)
}

/**
 * The agent with the tools of the servers beside its own. A name that is taken gets its server's before it. As long as
 * the tools stay the same, so does the agent. `onMissing` is told of servers whose tools it has to do without.
 */
export function withMcpTools(
  servers: McpServer[],
): (agent: AnyAgent, onMissing?: (server: McpServer) => void) => Promise<AnyAgent> {
  const made = new WeakMap<AnyAgent, { from: FunctionTool[][]; agent: AnyAgent }>()
  return async (agent, onMissing) => {
    const from = await Promise.all(servers.map((server) => server.tools()))
    for (const server of servers) if (server.problem() !== undefined) onMissing?.(server)
    const before = made.get(agent)
    if (before?.from.every((tools, index) => tools === from[index])) return before.agent
    const tools = [...agent.tools]
    for (const [index, given] of from.entries())
      for (const tool of given) tools.push(namedApart(tool, tools, servers[index]?.key ?? ''))
    const withTools = from.some((given) => given.length > 0) ? agent.clone({ tools }) : agent
    made.set(agent, { from, agent: withTools })
    return withTools
  }
}

/** By its own name, its server's and its own, or with a number behind them. */
function namedApart(tool: FunctionTool, others: AnyAgent['tools'], server: string): FunctionTool {
  const isTaken = (wanted: string) => others.some(({ name }) => name === wanted)
  if (!isTaken(tool.name)) return tool
  const longer = `${server}_${tool.name}`.replace(/[^\w-]/g, '_').slice(0, 60)
  let name = longer
  for (let count = 2; isTaken(name); count++) name = `${longer}_${count}`
  return { ...tool, name }
}
