import { matchType } from '@parley/protocol'
import type { AgentTool } from '@parley/protocol/admin'

/** What a tool of an agent is called where some of several are chosen. */
export const toolKey = (tool: AgentTool): string =>
  matchType<AgentTool, string>(tool, {
    web_search: ({ type }) => type,
    memory: ({ type }) => type,
    code_interpreter: ({ type }) => type,
    knowledge_base: ({ type }) => type,
    image_generation: ({ type }) => type,
    http: ({ type, name }) => `${type}:${name}`,
    mcp: ({ type, server }) => `${type}:${server}`,
    function: ({ type, function: { name } }) => `${type}:${name}`,
  })
