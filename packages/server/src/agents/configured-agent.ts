import { ParleyError } from '@parley/protocol'
import type { AgentConfig } from '@parley/protocol/admin'
import type { ModelSource, ProviderModels } from '../models/model-source.js'
import type { Runnable } from '../runnable/runnable.js'
import type { AgentContext } from './agent-context.js'
import { agentApp } from './agent-runnable.js'
import { withMcpTools } from './mcp/mcp-server.js'
import { tellMissing } from './mcp/tell-missing.js'
import { loadAgentsSdk } from './sdk.js'
import { makeTools, problemOf, SERVER_STEPS, serversOf, type ToolParts } from './server-tools.js'
import type { AnyAgent } from './thread-history.js'
import type { Toolkit } from './tools/toolkit.js'

/** Makes apps of agents that are written down instead of programmed. */
export const configuredAgents = <Context>(own: ModelSource, toolkit: Toolkit = {}, providers?: ProviderModels) => ({
  make(
    config: AgentConfig,
    { on_disconnect, workspace_id }: { on_disconnect: 'cancel' | 'continue'; workspace_id: string },
  ): Runnable<Context> {
    const { provider } = config
    const models = modelsFor(config, own, provider === undefined ? undefined : providers?.(workspace_id, provider))
    let making: Promise<AnyAgent> | undefined
    const withServers = withMcpTools(serversOf(config, toolkit, workspace_id))
    return agentApp<Context>({
      async agent(_, shown) {
        making ??= makeAgent(config, { models, toolkit, workspaceId: workspace_id }).catch((thrown: unknown) => {
          making = undefined // the next message tries again
          throw thrown
        })
        return withServers(await making, tellMissing(shown))
      },
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

async function makeAgent(config: AgentConfig, parts: ToolParts): Promise<AnyAgent> {
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
    tools: await makeTools(usable, parts),
    ...(inPage.length > 0 && { toolUseBehavior: { stopAtToolNames: inPage } }),
  })
}
