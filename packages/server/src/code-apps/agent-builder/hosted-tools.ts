import type { AgentContext } from '../../agents/agent-context.js'
import { knowledgeTool } from '../../agents/knowledge-tool.js'
import { withMcpTools } from '../../agents/mcp/mcp-server.js'
import { tellMissing } from '../../agents/mcp/tell-missing.js'
import type { AnyAgent } from '../../agents/thread-history.js'
import type { Log } from '../../base/log.js'
import type { KeywordIndex } from '../../knowledge/keyword-index.js'
import type { ModelSource } from '../../models/model-source.js'
import { type HostedMcpServer, serverOfHostedMcp } from './hosted-mcp.js'

export interface HostedToolParts {
  kind: ModelSource['kind']
  /** What the app knows; absent when nobody gave it anything. */
  knowledge: KeywordIndex | undefined
  log: Log
}

type Tool = AnyAgent['tools'][number]

type Prepared = (shown: AgentContext<unknown>) => Promise<AnyAgent>

/** Makes the agents of one app fit to run here. */
export interface HostedTools {
  replaceIn(agent: AnyAgent, shown: AgentContext<unknown>): Promise<AnyAgent>
  close(): Promise<void>
}

/**
 * What exported agents do with tools that run at OpenAI. For OpenAI's models they stay as they are. With any other model
 * host, MCP servers are called from here; a search in files is made in the app's own knowledge whenever it has any. What
 * is left cannot work there, which the report of the file says: the agent answers without it.
 */
export function hostedTools({ kind, knowledge, log }: HostedToolParts): HostedTools {
  const servers = new Map<string, HostedMcpServer>()
  const known = new WeakMap<AnyAgent, Prepared>()

  function serverOf(providerData: unknown): HostedMcpServer[] {
    const id = JSON.stringify(providerData)
    const server = servers.get(id) ?? serverOfHostedMcp(providerData, log)
    if (server) servers.set(id, server)
    return server ? [server] : []
  }

  async function prepare(agent: AnyAgent): Promise<Prepared> {
    const tools: Tool[] = []
    const own: HostedMcpServer[] = []
    for (const tool of agent.tools) {
      if (tool.type !== 'hosted_tool') tools.push(tool)
      else if (tool.name === 'file_search' && knowledge)
        tools.push(await knowledgeTool({ index: knowledge, name: tool.name, description: FILE_SEARCH }))
      else if (kind === 'responses') tools.push(tool)
      else if (tool.providerData?.type === 'mcp') own.push(...serverOf(tool.providerData))
    }
    const prepared = agent.clone({ tools })
    const complete = withMcpTools(own)
    return (shown) => complete(prepared, tellMissing(shown))
  }

  return {
    async replaceIn(agent, shown) {
      const replaced = known.get(agent) ?? (await prepare(agent))
      known.set(agent, replaced)
      return replaced(shown)
    },
    async close() {
      await Promise.allSettled([...servers.values()].map((server) => server.close()))
    },
  }
}

const FILE_SEARCH = 'Searches the files of this app. Use it before answering any question they may speak of.'
