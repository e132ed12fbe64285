import { type AgentTool, agentToolSchema } from '@parley/protocol/admin'
import { makeTools, problemOf } from '../agents/server-tools.js'
import type { AnyAgent } from '../agents/thread-history.js'
import type { Toolkit } from '../agents/tools/toolkit.js'
import { describeIssue } from '../dialects/describe-issue.js'
import type { ModelSource } from '../models/model-source.js'
import type { Doubt } from './agent-builder/read-export.js'
import { AppError } from './app-error.js'
import type { CodeApp } from './define-app.js'

interface ToolsOfAppParts {
  models: ModelSource
  toolkit: Toolkit
  /** Of the file, to tell where a tool is named. */
  source: string
}

/** The server's own tools that an app names beside its agent. @throws {AppError} for one there is none of */
export function toolsOf({ tools = [] }: Pick<CodeApp, 'tools'>, { models, toolkit, source }: ToolsOfAppParts) {
  const named = tools.map(readTool)
  const usable = named.filter((tool) => problemOf(tool, models, toolkit) === undefined)
  const known = new WeakMap<AnyAgent, Map<string, Promise<AnyAgent>>>()
  const withTools = async (agent: AnyAgent, workspaceId: string): Promise<AnyAgent> =>
    agent.clone({ tools: [...agent.tools, ...(await makeTools(usable, { models, toolkit, workspaceId }))] })

  return {
    /** Tools that this server has nothing for: the agent answers without them. */
    doubts: named.flatMap((tool): Doubt[] => {
      const text = problemOf(tool, models, toolkit)
      return text === undefined ? [] : [{ line: lineOf(source, tool.type), text }]
    }),
    /** One and the same for the same agent: what is known of an agent's first request is worth keeping. */
    complete(agent: AnyAgent, workspaceId: string): Promise<AnyAgent> {
      if (usable.length === 0) return Promise.resolve(agent)
      const made = known.get(agent) ?? new Map<string, Promise<AnyAgent>>()
      known.set(agent, made)
      const completed = made.get(workspaceId) ?? withTools(agent, workspaceId)
      made.set(workspaceId, completed)
      return completed
    },
  }
}

function readTool(given: unknown, index: number): AgentTool {
  const tool = agentToolSchema.safeParse(given)
  if (!tool.success) {
    const [issue] = tool.error.issues
    throw new AppError(
      `has a tool that the server does not have, \`tools[${index}]\`: ${issue ? describeIssue(issue, given) : tool.error.message}.`,
    )
  }
  if (tool.data.type === 'mcp')
    throw new AppError(`names an MCP server in \`tools[${index}]\`: put it into \`mcpServers\`.`)
  if (tool.data.type !== 'function') return tool.data
  throw new AppError(`has a function in \`tools[${index}]\`: give it to the agent, as a tool of the Agents SDK.`)
}

function lineOf(source: string, word: string): number {
  const at = source.indexOf(word)
  return at < 0 ? 1 : source.slice(0, at).split('\n').length
}
