import type { ModelRequest, RunContext } from '@openai/agents-core'
import { type AnyAgent, isHandoff } from './thread-history.js'

/** A request without what differs from run to run. */
type Wording = Omit<ModelRequest, 'input' | 'signal'>

/** What an agent asks its model first. */
export interface FirstRequest {
  /** Absent: the app's default model. */
  modelName?: string
  /** How the Agents SDK worded it in an earlier run; absent in the agent's first. */
  wording?: Wording
  /** To be told the request of this run when the SDK has worded it. */
  keep(request: ModelRequest): void
}

/** The first requests of an app's agents: as long as an agent stays as it is, they differ in the conversation alone. */
export class FirstRequests {
  readonly #kept = new WeakMap<AnyAgent, { parts: unknown[]; wording: Wording }>()

  /** `undefined` for an agent whose runs have to go through the SDK from their start. */
  async find(agent: AnyAgent, context: RunContext<unknown>): Promise<FirstRequest | undefined> {
    const { model } = agent
    if (typeof model !== 'string' || !isSteady(agent)) return undefined
    const parts = await partsOf(agent, context)
    const kept = this.#kept.get(agent)
    const isSame = kept?.parts.length === parts.length && kept.parts.every((part, index) => part === parts[index])
    return {
      modelName: model || undefined,
      wording: isSame ? kept?.wording : undefined,
      keep: ({ input: _, signal: __, ...wording }) => this.#kept.set(agent, { parts, wording }),
    }
  }
}

/** Whether nobody but the model has a say in the agent's first answer: no code that words, watches, judges or repeats it. */
function isSteady(agent: AnyAgent): boolean {
  const { instructions, prompt, mcpServers, outputGuardrails, outputType, modelSettings } = agent
  return (
    typeof instructions === 'string' &&
    prompt === undefined &&
    mcpServers.length === 0 &&
    outputGuardrails.length === 0 &&
    outputType === 'text' &&
    modelSettings.retry === undefined &&
    modelSettings.timeoutMs === undefined &&
    agent.tools.every(({ type }) => type === 'function' || type === 'hosted_tool') &&
    !hasListeners(agent)
  )
}

/** The SDK keeps its emitter to itself, and not every runtime's can be asked who listens. */
function hasListeners(agent: AnyAgent): boolean {
  const { eventEmitter } = agent as unknown as { eventEmitter?: { eventNames?(): unknown[] } } // protected
  return eventEmitter?.eventNames?.().length !== 0
}

/** Everything the request is worded from, with the tools and handoffs that are enabled for this run. */
async function partsOf(agent: AnyAgent, context: RunContext<unknown>): Promise<unknown[]> {
  const { instructions, modelSettings, model } = agent
  const parts: unknown[] = [instructions, modelSettings, model]
  for (const tool of agent.tools)
    if (tool.type !== 'function' || (await tool.isEnabled(context, agent))) parts.push(tool)
  for (const target of agent.handoffs) {
    if (!isHandoff(target)) parts.push(target, target.name, target.handoffDescription)
    else if (await target.isEnabled({ runContext: context, agent })) parts.push(target)
  }
  return parts
}
