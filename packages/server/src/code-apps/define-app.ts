import type { appFormSchema } from '@parley/protocol'
import type { AppPresentation, StreamLanguage, writtenToolSchema } from '@parley/protocol/admin'
import type { z } from 'zod'
import type { AgentAppOptions } from '../agents/agent-runnable.js'
import type { McpServerOptions } from '../agents/mcp/mcp-server.js'
import type { Caller } from '../app/caller.js'
import type { ChatKitHooks } from '../chatkit-server/hooks.js'

/** A tool that the server brings along. */
type ServerTool = 'web_search' | 'code_interpreter' | 'memory' | 'image_generation' | WrittenTool
type WrittenTool = Exclude<z.input<typeof writtenToolSchema>, { type: 'mcp' | 'function' }>

/** What answers: an agent of the Agents SDK, or a function of your own. */
type Answering = Pick<AgentAppOptions<Caller>, 'agent'> | Pick<ChatKitHooks<Caller>, 'respond'>

/** An app in a file of the apps folder; the file's name is its id. */
export type CodeApp = Answering &
  Partial<Omit<ChatKitHooks<Caller>, 'respond'>> &
  Pick<
    AgentAppOptions<Caller>,
    'choices' | 'historyLimit' | 'memory' | 'maxTurns' | 'steps' | 'onDisconnect' | 'mode'
  > & {
    /** What it asks for when a thread begins. In an agent's instructions `{{name}}` stands for a value; `respond` finds them in `thread.notes.state`. */
    inputs?: z.input<typeof appFormSchema>
    /** How it presents itself in clients that ask: greeting, questions to begin with, icon, as the admin API writes it. */
    presentation?: AppPresentation
    /** The language of its event streams below `/api/ai`: that of Xpert's clients or of LangGraph's. Absent: as the request says. */
    streamLanguage?: StreamLanguage
    /** Other ids the app answers to, e.g. the `wf_…` a page still names. */
    aliases?: string[]
    /** Tools of the server itself that the agent gets besides its own, by name or as the admin API writes them: `web_search`, `code_interpreter`, `memory`, `image_generation`, `knowledge_base`, `http`. */
    tools?: ServerTool[]
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
