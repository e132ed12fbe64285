import type { Agent, AgentInputItem, Handoff, Model, ModelRequest } from '@openai/agents-core'

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own type of "an agent of any context and output"
export type AnyAgent = Agent<any, any>

/** A conversation in two: what came before, and what the run is about. */
export interface SplitInput {
  history: AgentInputItem[]
  turn: AgentInputItem[]
}

/**
 * The thread before this turn goes to the model, not through the runner: the runner copies its whole input several times
 * per model call, which at 400 items costs more than everything else together. A request is this conversation's when
 * it begins with the turn's first item (an agent that is another agent's tool starts its own).
 */
export function withHistory(model: Model, { history, turn }: SplitInput): Model {
  const marker = turn[0]?.id
  if (history.length === 0 || !marker) return model
  const complete = (request: ModelRequest): ModelRequest => {
    if (typeof request.input === 'string' || request.input[0]?.id !== marker) return request
    return { ...request, input: [...history, ...request.input] }
  }
  return {
    getResponse: (request) => model.getResponse(complete(request)),
    getStreamedResponse: (request) => model.getStreamedResponse(complete(request)),
  }
}

/**
 * Whether the runner itself must see the whole thread: when an agent that may take part brings its own model, judges its
 * input with guardrails, or filters what it hands over.
 */
export function needsWholeInput(agent: AnyAgent, seen = new Set<AnyAgent>()): boolean {
  if (seen.has(agent)) return false
  seen.add(agent)
  if (typeof agent.model !== 'string' || agent.inputGuardrails.length > 0) return true
  return agent.handoffs.some((target) => {
    if (!isHandoff(target)) return needsWholeInput(target, seen)
    return target.inputFilter !== undefined || needsWholeInput(target.agent, seen)
  })
}

// biome-ignore lint/suspicious/noExplicitAny: as above
const isHandoff = (target: AnyAgent | Handoff<any, any>): target is Handoff<any, any> => 'toolName' in target
