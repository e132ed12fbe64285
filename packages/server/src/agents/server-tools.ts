import type { Tool } from '@openai/agents-core'
import type { AgentConfig, AgentTool } from '@parley/protocol/admin'
import { fuseRanks } from '../knowledge/fuse-ranks.js'
import { createKeywordIndex } from '../knowledge/keyword-index.js'
import type { KnowledgeHit } from '../knowledge/knowledge-bases.js'
import { PREVIEWS } from '../models/make-image.js'
import type { ModelSource } from '../models/model-source.js'
import type { AgentContext } from './agent-context.js'
import { type Found, knowledgeTool, type Searchable } from './knowledge-tool.js'
import { chosenTools, type McpServer } from './mcp/mcp-server.js'
import { type AgentsSdk, loadAgentsSdk } from './sdk.js'
import type { StepLabels } from './steps.js'
import { codeInterpreterTool } from './tools/code-interpreter.js'
import { httpTool } from './tools/http-tool.js'
import { imageTool } from './tools/image-generation.js'
import { TOOL_STEPS, type Toolkit } from './tools/toolkit.js'
import { userMemoryTools } from './tools/user-memory.js'
import { webSearchTools } from './tools/web-search.js'

/** How the steps of a server's own tools read. */
export const SERVER_STEPS: StepLabels = {
  search_knowledge: { title: 'Looking it up', done: 'Looked it up', icon: 'search' },
  ...TOOL_STEPS,
}

/** Why a tool cannot work on this server, and what to do; `undefined` when it can. */
export function problemOf(
  tool: AgentTool,
  models: ModelSource,
  { runCode, searchWeb, fetch, mcp }: Toolkit,
): string | undefined {
  if (tool.type === 'knowledge_base' && tool.documents.length === 0 && !tool.knowledge?.length)
    return 'knowledge_base names no knowledge bases and has no documents. Add some.'
  if (tool.type === 'image_generation') return models.kind === 'responses' || models.makeImage ? undefined : NO_IMAGES
  if (tool.type === 'mcp') return mcp ? undefined : 'mcp needs a server that reaches MCP servers.'
  if (tool.type === 'http') return fetch ? undefined : 'http needs a server that reaches other servers.'
  if (tool.type !== 'web_search' && tool.type !== 'code_interpreter') return undefined
  if (models.kind === 'responses' || (tool.type === 'code_interpreter' ? runCode : searchWeb)) return undefined
  if (tool.type === 'web_search') return NO_SEARCH
  return 'code_interpreter runs at OpenAI and needs its Responses API: set OPENAI_API_KEY, and leave OPENAI_BASE_URL unset.'
}

const NO_IMAGES =
  'image_generation needs a model host that makes pictures: set PARLEY_IMAGE_MODEL to a model it has at /images/generations, or OPENAI_API_KEY.'

const NO_SEARCH =
  'web_search needs a search service: set PARLEY_SEARCH_URL to a SearXNG, or PARLEY_SEARCH and PARLEY_SEARCH_KEY. With OPENAI_API_KEY alone it runs at OpenAI.'

/** What tools are made of. */
export interface ToolParts {
  models: ModelSource
  toolkit: Toolkit
  /** Whose knowledge and secrets they use. */
  workspaceId: string
}

/** The tools a server brings along, as those that are written down name them; MCP servers are no tools of its own. */
export async function makeTools(tools: readonly AgentTool[], parts: ToolParts): Promise<Tool<AgentContext>[]> {
  const sdk = await loadAgentsSdk()
  return (await Promise.all(tools.map((tool) => makeTool(tool, { ...parts, sdk })))).flat()
}

type Parts = ToolParts & { sdk: AgentsSdk }

type Made = Tool<AgentContext> | Tool<AgentContext>[]

/** What OpenAI's own models bring along runs there; every other model gets ours of the same name. */
function makeTool(config: AgentTool, { sdk, models, toolkit, workspaceId }: Parts): Made | Promise<Made> {
  if (config.type === 'web_search')
    return models.kind !== 'responses' && toolkit.searchWeb
      ? webSearchTools({ searchWeb: toolkit.searchWeb, fetch: toolkit.fetch })
      : hostedTool({ type: 'web_search' })
  if (config.type === 'code_interpreter')
    return models.kind !== 'responses' && toolkit.runCode
      ? codeInterpreterTool({ runCode: toolkit.runCode })
      : hostedTool({ type: 'code_interpreter', container: { type: 'auto' } })
  if (config.type === 'knowledge_base')
    return knowledgeTool({ index: searchableOf(config, toolkit, workspaceId), description: config.description })
  if (config.type === 'memory') return toolkit.facts ? userMemoryTools(toolkit.facts) : []
  if (config.type === 'image_generation') {
    if (models.kind === 'responses') return hostedTool({ type: 'image_generation', partial_images: PREVIEWS })
    return models.makeImage ? imageTool({ makeImage: models.makeImage, fetch: toolkit.fetch }) : []
  }
  if (config.type === 'http' && toolkit.fetch)
    return httpTool(config, {
      fetch: toolkit.fetch,
      ...(toolkit.secrets && { secrets: toolkit.secrets(workspaceId) }),
    })
  return config.type === 'function' ? pageTool(config.function, sdk) : []
}

/** The MCP servers an agent names, each with what was chosen of it. */
export function serversOf({ tools }: AgentConfig, { mcp }: Toolkit, workspaceId: string): McpServer[] {
  return tools.flatMap((tool) =>
    tool.type === 'mcp' && mcp ? [chosenTools(tool.server, () => mcp(workspaceId, tool.server), tool)] : [],
  )
}

/** The texts of the app itself and the knowledge bases it names, as one. */
function searchableOf(
  { documents, knowledge = [] }: Extract<AgentTool, { type: 'knowledge_base' }>,
  { knowledge: bases }: Toolkit,
  workspaceId: string,
): Searchable {
  const own = createKeywordIndex(documents)
  return {
    async search(query, limit) {
      const inBases = knowledge.length > 0 && (await bases?.search(workspaceId, knowledge, query, { limit }))
      const ofBases = (inBases || []).map((hit): Found => ({ ...hit, origin: originOf(hit) }))
      return documents.length > 0 ? fuseRanks<Found>([own.search(query, limit), ofBases], limit) : ofBases
    },
  }
}

function originOf({ base, passage: { id, place, hits, document } }: KnowledgeHit): Found['origin'] {
  const { id: document_id, created_at } = document.record
  return { base_id: base.id, base_name: base.name, document_id, passage_id: id, place, hits, created_at }
}

/** What OpenAI runs by itself, in its own words. */
const hostedTool = (wire: { type: string } & Record<string, unknown>): Tool<AgentContext> => ({
  type: 'hosted_tool',
  name: wire.type,
  providerData: wire,
})

/** A function without code: the page that shows the chat runs it, and its answer goes on with the run. */
function pageTool(
  { name, description = '', parameters }: Extract<AgentTool, { type: 'function' }>['function'],
  { tool }: AgentsSdk,
): Tool<AgentContext> {
  return tool({
    name,
    description,
    strict: false,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: true, ...parameters },
    execute(input, context) {
      const shown = context?.context as AgentContext | undefined // every run of ours has one
      if (shown) shown.clientToolCall = { name, arguments: input as Record<string, unknown> } // as the schema above says
      return ''
    },
  }) as Tool<AgentContext> // a JSON schema leaves the type of the arguments open
}
