import { knowledgeTool } from '../../agents/knowledge-tool.js'
import type { AnyAgent } from '../../agents/thread-history.js'
import type { KeywordIndex } from '../../knowledge/keyword-index.js'
import type { ModelSource } from '../../models/model-source.js'

export interface HostedToolParts {
  kind: ModelSource['kind']
  /** What the app knows; absent when nobody gave it anything. */
  knowledge: KeywordIndex | undefined
}

type Tool = AnyAgent['tools'][number]
type HostedTool = Extract<Tool, { type: 'hosted_tool' }>

/**
 * The tools of an exported agent, as they can be here. What runs at OpenAI stays as it is for OpenAI's models; a search in
 * files is made in the app's own knowledge when it has any. What is left cannot work with another model host, which the
 * report of the file says: the agent answers without it.
 */
export async function withoutHostedTools(tools: Tool[], parts: HostedToolParts): Promise<Tool[]> {
  const kept = await Promise.all(tools.map((tool) => (isHosted(tool) ? replaced(tool, parts) : [tool])))
  return kept.flat()
}

async function replaced(tool: HostedTool, { kind, knowledge }: HostedToolParts): Promise<Tool[]> {
  if (tool.name === 'file_search' && knowledge)
    return [await knowledgeTool({ index: knowledge, name: tool.name, description: FILE_SEARCH })]
  return kind === 'responses' ? [tool] : []
}

const FILE_SEARCH = 'Searches the files of this app. Use it before answering any question they may speak of.'

const isHosted = (tool: Tool): tool is HostedTool => tool.type === 'hosted_tool'
