import type { Tool } from '@openai/agents-core'
import { ParleyError } from '@parley/protocol'
import type { AgentConfig, AgentTool } from '@parley/protocol/admin'
import { fuseRanks } from '../knowledge/fuse-ranks.js'
import { createKeywordIndex } from '../knowledge/keyword-index.js'
import { PREVIEWS } from '../models/make-image.js'
import type { ModelSource, ProviderModels } from '../models/model-source.js'
import type { Runnable } from '../runnable/runnable.js'
import type { AgentContext } from './agent-context.js'
import { agentApp } from './agent-runnable.js'
import { knowledgeTool, type Searchable } from './knowledge-tool.js'
import { type AgentsSdk, loadAgentsSdk } from './sdk.js'
import type { StepLabels } from './steps.js'
import type { AnyAgent } from './thread-history.js'
import { codeInterpreterTool } from './tools/code-interpreter.js'
import { httpTool } from './tools/http-tool.js'
import { imageTool } from './tools/image-generation.js'
import { TOOL_STEPS, type Toolkit } from './tools/toolkit.js'
import { webSearchTools } from './tools/web-search.js'

/** Makes apps of agents that are written down instead of programmed. */
export const configuredAgents = <Context>(own: ModelSource, toolkit: Toolkit = {}, providers?: ProviderModels) => ({
  make(
    config: AgentConfig,
    { on_disconnect, workspace_id }: { on_disconnect: 'cancel' | 'continue'; workspace_id: string },
  ): Runnable<Context> {
    const { provider } = config
    const models = modelsFor(config, own, provider === undefined ? undefined : providers?.(workspace_id, provider))
    let making: Promise<AnyAgent> | undefined
    return agentApp<Context>({
      agent() {
        making ??= makeAgent(config, { models, toolkit, workspaceId: workspace_id }).catch((thrown: unknown) => {
          making = undefined // the next message tries again
          throw thrown
        })
        return making
      },
      models,
      historyLimit: config.history_limit,
      maxTurns: config.max_turns,
      onDisconnect: on_disconnect,
      steps: STEPS,
    })
  },
  problemsOf: (config: AgentConfig) =>
    config.tools.flatMap((tool, index) => {
      const message = problemOf(tool, modelsFor(config, own, OTHER_HOST), toolkit)
      return message === undefined ? [] : [{ param: `tools[${index}]`, message }]
    }),
})

/** The server's models, or those of the host the agent names; dictation and pictures stay the server's. */
function modelsFor(
  { provider, model }: AgentConfig,
  own: ModelSource,
  named: Pick<ModelSource, 'kind' | 'describe' | 'model'> | undefined,
): ModelSource {
  if (provider === undefined) return own
  if (!named) throw new ParleyError('not_configured', 'This server takes no providers of workspaces.')
  // A host that lists no models is not asked for a list when the agent names its model.
  return {
    ...named,
    model: (name) => named.model(name ?? model),
    ...(own.transcribe && { transcribe: own.transcribe }),
    ...(own.makeImage && { makeImage: own.makeImage }),
  }
}

const OTHER_HOST: Pick<ModelSource, 'kind' | 'describe' | 'model'> = {
  kind: 'chat-completions',
  describe: async () => 'a provider',
  model: async () => {
    throw new TypeError('asked for what it can do only')
  },
}

const STEPS: StepLabels = { search_knowledge: { title: 'Looking it up', icon: 'search' }, ...TOOL_STEPS }

function problemOf(tool: AgentTool, models: ModelSource, { runCode, searchWeb, fetch }: Toolkit): string | undefined {
  if (tool.type === 'knowledge_base' && tool.documents.length === 0 && !tool.knowledge?.length)
    return 'knowledge_base names no knowledge bases and has no documents. Add some.'
  if (tool.type === 'image_generation') return models.kind === 'responses' || models.makeImage ? undefined : NO_IMAGES
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

async function makeAgent(config: AgentConfig, parts: Omit<Parts, 'sdk'>): Promise<AnyAgent> {
  const { models, toolkit } = parts
  const sdk = await loadAgentsSdk()
  const usable = config.tools.filter((tool) => problemOf(tool, models, toolkit) === undefined)
  const inPage = usable.flatMap((tool) => (tool.type === 'function' ? [tool.function.name] : []))
  return new sdk.Agent<AgentContext>({
    name: 'Agent',
    instructions: config.instructions,
    ...(config.model !== undefined && { model: config.model }),
    modelSettings: {
      ...(config.temperature !== undefined && { temperature: config.temperature }),
      // The page runs one tool at a time, and the turn ends there.
      ...(inPage.length > 0 && { parallelToolCalls: false }),
    },
    tools: (await Promise.all(usable.map((tool) => makeTool(tool, { ...parts, sdk })))).flat(),
    ...(inPage.length > 0 && { toolUseBehavior: { stopAtToolNames: inPage } }),
  })
}

interface Parts {
  sdk: AgentsSdk
  models: ModelSource
  toolkit: Toolkit
  workspaceId: string
}

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
  if (config.type === 'image_generation') {
    if (models.kind === 'responses') return hostedTool({ type: 'image_generation', partial_images: PREVIEWS })
    return models.makeImage ? imageTool({ makeImage: models.makeImage, fetch: toolkit.fetch }) : []
  }
  if (config.type === 'http' && toolkit.fetch)
    return httpTool(config, { fetch: toolkit.fetch, ...(toolkit.secrets && { secrets: toolkit.secrets }) })
  return config.type === 'function' ? pageTool(config.function, sdk) : []
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
      const inBases = knowledge.length > 0 && (await bases?.search(workspaceId, knowledge, query, limit))
      return fuseRanks([own.search(query, limit), inBases || []], limit)
    },
  }
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
