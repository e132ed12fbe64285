import { ParleyError } from '@parley/protocol'
import type { AgentConfig } from '@parley/protocol/admin'
import { toolKey } from '../base/tool-key.js'
import type { ModelSource, ProviderModels } from '../models/model-source.js'
import type { Runnable } from '../runnable/runnable.js'
import type { AgentContext } from './agent-context.js'
import { agentApp } from './agent-runnable.js'
import { askedMessage } from './asked-message.js'
import { withMcpTools } from './mcp/mcp-server.js'
import { tellMissing } from './mcp/tell-missing.js'
import { loadAgentsSdk } from './sdk.js'
import { makeTools, problemOf, SERVER_STEPS, serversOf, type ToolParts } from './server-tools.js'
import type { AnyAgent } from './thread-history.js'
import { toolNamesOf } from './tool-breakpoints.js'
import type { Toolkit } from './tools/toolkit.js'

/** Makes apps of agents that are written down instead of programmed. */
export const configuredAgents = <Context>(own: ModelSource, toolkit: Toolkit = {}, providers?: ProviderModels) => ({
  make(
    config: AgentConfig,
    { on_disconnect, workspace_id }: { on_disconnect: 'cancel' | 'continue'; workspace_id: string },
  ): Runnable<Context> {
    const { provider } = config
    const models = modelsFor(config, own, provider === undefined ? undefined : providers?.(workspace_id, provider))
    let making: Promise<MadeAgent> | undefined
    const servers = serversOf(config, toolkit, workspace_id)
    const withServers = withMcpTools(servers)
    const made = () => {
      making ??= makeAgent(config, { models, toolkit, workspaceId: workspace_id }).catch((thrown: unknown) => {
        making = undefined // the next message tries again
        throw thrown
      })
      return making
    }
    return agentApp<Context>({
      async agent(context, shown) {
        const { agent, keys } = await made()
        const chosen = (await askedMessage(context))?.inference_options.tools
        if (!chosen) return withServers(agent, tellMissing(shown))
        const withChosen = withMcpTools(
          servers.filter(({ key }) => chosen.includes(toolKey({ type: 'mcp', server: key }))),
        )
        return withChosen(
          agent.clone({ tools: agent.tools.filter((tool) => chosen.includes(keys.get(tool) ?? '')) }),
          tellMissing(shown),
        )
      },
      toolNames: async () => toolNamesOf(await withServers((await made()).agent)),
      models,
      historyLimit: config.history_limit,
      memory: config.memory && { maxTokens: config.memory.max_tokens, summarize: config.memory.summarize },
      maxTurns: config.max_turns,
      onDisconnect: on_disconnect,
      mode: config.mode ?? (config.tools.length > 0 ? 'agent-chat' : 'chat'),
      inputs: config.inputs,
      steps: SERVER_STEPS,
    })
  },
  problemsOf: (config: AgentConfig) =>
    config.tools.flatMap((tool, index) => {
      const message = problemOf(tool, modelsFor(config, own, OTHER_HOST), toolkit)
      return message === undefined ? [] : [{ param: `tools[${index}]`, message }]
    }),
})

/** The server's models, or those of the host the agent names; dictation, speech and pictures stay the server's. */
function modelsFor(
  { provider, model }: AgentConfig,
  own: ModelSource,
  named: Pick<ModelSource, 'kind' | 'describe' | 'model' | 'contextTokens'> | undefined,
): ModelSource {
  if (provider === undefined) return own
  if (!named) throw new ParleyError('not_configured', 'This server takes no providers of workspaces.')
  // A host that lists no models is not asked for a list when the agent names its model.
  return {
    ...named,
    model: (name, trace) => named.model(name ?? model, trace),
    contextTokens: (name) => named.contextTokens?.(name ?? model),
    ...(own.transcribe && { transcribe: own.transcribe }),
    ...(own.speak && { speak: own.speak }),
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

interface MadeAgent {
  agent: AnyAgent
  /** What each of its own tools is chosen by. */
  keys: ReadonlyMap<AnyAgent['tools'][number], string>
}

async function makeAgent(config: AgentConfig, parts: ToolParts): Promise<MadeAgent> {
  const { models, toolkit } = parts
  const sdk = await loadAgentsSdk()
  const usable = config.tools.filter((tool) => problemOf(tool, models, toolkit) === undefined)
  const inPage = usable.flatMap((tool) => (tool.type === 'function' ? [tool.function.name] : []))
  const made = await Promise.all(
    usable.map(async (tool) => ({ key: toolKey(tool), tools: await makeTools([tool], parts) })),
  )
  const agent = new sdk.Agent<AgentContext>({
    name: 'Agent',
    instructions: config.instructions,
    ...(config.model !== undefined && { model: config.model }),
    modelSettings: {
      ...(config.temperature !== undefined && { temperature: config.temperature }),
      // The page runs one tool at a time, and the turn ends there.
      ...(inPage.length > 0 && { parallelToolCalls: false }),
    },
    tools: made.flatMap(({ tools }) => tools),
    ...(inPage.length > 0 && { toolUseBehavior: { stopAtToolNames: inPage } }),
  })
  return { agent, keys: new Map(made.flatMap(({ key, tools }) => tools.map((tool) => [tool, key] as const))) }
}
