import type { AgentContext } from '../agents/agent-context.js'
import { mcpServer, withMcpTools } from '../agents/mcp/mcp-server.js'
import { SteadyServer } from '../agents/mcp/steady-server.js'
import { tellMissing } from '../agents/mcp/tell-missing.js'
import type { AnyAgent } from '../agents/thread-history.js'
import type { Log } from '../base/log.js'
import type { CodeApp } from './define-app.js'

/** The MCP servers of an app: those it names beside its agent, and those its agents bring in the SDK's own way. */
export function mcpOf({ mcpServers = [] }: Pick<CodeApp, 'mcpServers'>, log: Log) {
  const servers = mcpServers.map((options) => mcpServer(options, { log }))
  const withTools = withMcpTools(servers)
  const brought = new Set<SteadyServer>()

  /** Nobody has to connect them, and one that is broken takes no answer with it. */
  function steady(agent: AnyAgent, seen = new Set<AnyAgent>()): void {
    if (seen.has(agent)) return
    seen.add(agent)
    agent.mcpServers = agent.mcpServers.map((server) => {
      if (server instanceof SteadyServer) return server
      const made = new SteadyServer(server, { log })
      brought.add(made)
      return made
    })
    for (const target of agent.handoffs) steady('agent' in target ? target.agent : target, seen)
  }

  return {
    complete(agent: AnyAgent, shown?: AgentContext<unknown>): Promise<AnyAgent> {
      steady(agent)
      return withTools(agent, shown && tellMissing(shown))
    },
    close: () => Promise.allSettled([...servers, ...brought].map((server) => server.close())),
  }
}
