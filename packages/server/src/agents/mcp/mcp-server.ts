import type { MCPServer } from '@openai/agents-core'
import type { Log } from '../../base/log.js'
import type { AnyAgent } from '../thread-history.js'
import { SteadyServer } from './steady-server.js'

type FunctionTool = Extract<AnyAgent['tools'][number], { type: 'function' }>

/** An MCP server an app uses: at an address (streamable HTTP), or a program of this machine (stdio). */
export type McpServerOptions = {
  /** What it is called in the log, and before the names of tools that another server has too. */
  name: string
  /** The tools agents get. Absent: all. */
  tools?: string[] | undefined
  /** Which calls a person has to allow. Those of `never` and all that `always` leaves out are free. Default `never`. */
  approval?: McpApproval | undefined
  /** How long a call may take. Default 60 s. */
  timeoutMs?: number | undefined
} & ({ url: string; headers?: Record<string, string> | undefined } | McpProgram)

/** A program that is started with the first run, and ended with the app. */
export interface McpProgram {
  command: string
  args?: string[] | undefined
  /** Beside `PATH`, `HOME` and the like, which it always gets. */
  env?: Record<string, string> | undefined
  cwd?: string | undefined
}

export type McpApproval = 'never' | 'always' | { always?: string[] | undefined; never?: string[] | undefined }

/** A server that can be asked for its tools. */
export interface McpServer {
  name: string
  /** As they are now, none while the server cannot be reached; the same array as long as they are the same. */
  tools(): Promise<FunctionTool[]>
  close(): Promise<void>
}

const CALL_MS = 60_000

/** Prepares a server; it is connected when its tools are first asked for. */
export function mcpServer(
  options: McpServerOptions,
  more: { log: Log; patienceMs?: number; restMs?: number },
): McpServer {
  const opening = openServer(options).then((server) => new SteadyServer(server, more))
  let known: { listed: string; tools: FunctionTool[] } | undefined
  return {
    name: options.name,
    async tools() {
      const server = await opening
      const listed = (await server.listTools()).filter(({ name }) => options.tools?.includes(name) ?? true)
      const text = JSON.stringify(listed)
      if (known?.listed === text) return known.tools
      const { mcpToFunctionTool } = await import('./mcp-sdk.js')
      const tools = listed.map((tool) => {
        const made: FunctionTool = mcpToFunctionTool(tool, server, false)
        return mustAsk(options.approval, tool.name) ? { ...made, needsApproval: async () => true } : made
      })
      known = { listed: text, tools }
      return tools
    },
    close: async () => (await opening).close(),
  }
}

async function openServer(options: McpServerOptions): Promise<MCPServer> {
  const { MCPServerStdio, MCPServerStreamableHttp } = await import('./mcp-sdk.js')
  const { name, timeoutMs = CALL_MS } = options
  if ('url' in options) {
    const { url, headers } = options
    const request = headers && { requestInit: { headers } }
    return new MCPServerStreamableHttp({ name, url, timeout: timeoutMs, logger: SILENT, ...request })
  }
  const { command, args, env, cwd } = options
  return new MCPServerStdio({ name, command, args, env, cwd, timeout: timeoutMs, logger: SILENT })
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

function mustAsk(approval: McpApproval = 'never', tool: string): boolean {
  if (typeof approval === 'string') return approval === 'always'
  const { always, never } = approval
  return always?.includes(tool) ?? !never?.includes(tool)
}

/**
 * The agent with the tools of the servers beside its own. A name that is taken gets its server's before it. As long as
 * the tools stay the same, so does the agent.
 */
export function withMcpTools(servers: McpServer[]): (agent: AnyAgent) => Promise<AnyAgent> {
  const made = new WeakMap<AnyAgent, { from: FunctionTool[][]; agent: AnyAgent }>()
  return async (agent) => {
    const from = await Promise.all(servers.map((server) => server.tools()))
    const before = made.get(agent)
    if (before?.from.every((tools, index) => tools === from[index])) return before.agent
    const tools = [...agent.tools]
    for (const [index, given] of from.entries())
      for (const tool of given) tools.push(namedApart(tool, tools, servers[index]?.name ?? ''))
    const withTools = from.some((given) => given.length > 0) ? agent.clone({ tools }) : agent
    made.set(agent, { from, agent: withTools })
    return withTools
  }
}

function namedApart(tool: FunctionTool, others: AnyAgent['tools'], server: string): FunctionTool {
  const isTaken = others.some(({ name }) => name === tool.name)
  return isTaken ? { ...tool, name: `${server}_${tool.name}`.replace(/[^\w-]/g, '_').slice(0, 64) } : tool
}
