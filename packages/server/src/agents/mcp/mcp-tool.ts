import type { FunctionTool, MCPServer } from '@openai/agents-core'
import type { AgentContext } from '../agent-context.js'
import { loadAgentsSdk } from '../sdk.js'
import { readMcpResult } from './mcp-result.js'
import type { SteadyServer } from './steady-server.js'

/** A tool as its server lists it. */
export type ListedTool = Awaited<ReturnType<MCPServer['listTools']>>[number] & { title?: string }

/** A tool that needs more words would crowd out the conversation. */
const LONGEST_DESCRIPTION = 10_000

/** What a model host takes as a name; servers may call their tools anything. */
const functionName = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '_').slice(0, 64) || 'tool'

/** The server checks what it is given: it knows its schema best. */
const OPEN = { type: 'object', additionalProperties: true } as const

/** A tool of a server as an agent has it. */
export async function mcpTool(
  { name, description = '', inputSchema }: ListedTool,
  server: SteadyServer,
  needsApproval: boolean,
): Promise<FunctionTool<AgentContext>> {
  const { tool } = await loadAgentsSdk()
  return tool({
    name: functionName(name),
    description: description.slice(0, LONGEST_DESCRIPTION),
    strict: false,
    parameters: {
      ...inputSchema,
      ...OPEN,
      properties: inputSchema?.properties ?? {},
      required: inputSchema?.required ?? [],
    },
    needsApproval,
    async execute(input, toolContext, details?: { signal?: AbortSignal }) {
      const args = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {} // an object has names
      const result = await server.callToolResult(name, args, undefined, details?.signal && { signal: details.signal })
      const context = toolContext?.context as AgentContext | undefined // every run of ours has one
      return server.conceal(await readMcpResult(result, context))
    },
    errorFunction: (_, error) => server.errorFunction({ error }),
  }) as unknown as FunctionTool<AgentContext> // a JSON schema leaves the type of the arguments open
}
