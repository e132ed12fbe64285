import { matchType } from '@parley/protocol'
import type { AgentTool } from '@parley/protocol/admin'
import { toolKey } from '../../../base/tool-key.js'
import type { AnyApp } from '../../../catalog/workspace-apps.js'
import type { Capabilities, Plugin } from './capabilities-schema.js'

/** Of an agent that is stored, its tools; of one that is code, those it offers for a message. It has no skills and answers as one. */
export function encodeCapabilities<Context>(app: AnyApp<Context>): Capabilities {
  const plugins = 'stored' in app ? app.stored.agent.tools.map(encodeTool) : offered(app.code.app.choices?.tools ?? [])
  return { skills: [], plugins, subAgents: [] }
}

const offered = (names: readonly string[]): Plugin[] =>
  names.map((name) => ({ nodeKey: name, provider: 'code', label: name, toolNames: [name] }))

const encodeTool = (tool: AgentTool): Plugin =>
  matchType<AgentTool, Plugin>(tool, {
    web_search: ours('Web search', 'web_search', 'read_page'),
    memory: ours('Memory', 'remember', 'recall', 'forget'),
    code_interpreter: ours('Code interpreter', 'code_interpreter'),
    knowledge_base: (given) => ({ ...ours('Knowledge', 'search_knowledge')(given), description: given.description }),
    image_generation: ours('Pictures', 'generate_image'),
    http: (given) => ({ ...named(given, given.name), description: given.description, toolNames: [given.name] }),
    mcp: (given) => ({ ...named(given, given.server), toolNames: given.tools }),
    function: (given) => {
      const { name, description } = given.function
      return { ...named(given, name), description, toolNames: [name] }
    },
  })

/** A tool that comes with the server, which an agent has once. */
const ours =
  (label: string, ...toolNames: string[]) =>
  (tool: AgentTool): Plugin => ({ ...named(tool, label), toolNames })

const named = (tool: AgentTool, label: string) => ({ nodeKey: toolKey(tool), provider: tool.type, label })
