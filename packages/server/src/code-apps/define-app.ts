import type { AgentAppOptions } from '../agents/agent-runnable.js'
import type { McpServerOptions } from '../agents/mcp/mcp-server.js'
import type { Caller } from '../app/caller.js'
import type { ChatKitHooks } from '../chatkit-server/hooks.js'

/** What answers: an agent of the Agents SDK, or a function of your own. */
type Answering = Pick<AgentAppOptions<Caller>, 'agent'> | Pick<ChatKitHooks<Caller>, 'respond'>

/** An app in a file of the apps folder; the file's name is its id. */
export type CodeApp = Answering &
  Partial<Omit<ChatKitHooks<Caller>, 'respond'>> &
  Pick<AgentAppOptions<Caller>, 'choices' | 'historyLimit' | 'maxTurns' | 'steps' | 'onDisconnect'> & {
    /** Other ids the app answers to, e.g. the `wf_…` a page still names. */
    aliases?: string[]
    /** MCP servers whose tools the agent gets. One that cannot be reached is left out until it can. */
    mcpServers?: McpServerOptions[]
  }

/**
 * Describes an app; the file exports it by default.
 *
 * @example
 * // apps/support.ts
 * export default defineApp({
 *   agent: new Agent({ name: 'Support', instructions: 'Be brief.' }),
 *   aliases: ['wf_68e6f2'],
 * })
 */
export const defineApp = (app: CodeApp): CodeApp => app
