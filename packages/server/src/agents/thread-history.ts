import type { Agent, AgentInputItem, Handoff, Model, ModelRequest } from '@openai/agents-core'
import type { StreamEvent } from '@openai/agents-core/types'
import { batchesOf } from '../models/streaming-model.js'
import type { ModelAnswer } from './plain-answer.js'

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own type of "an agent of any context and output"
export type AnyAgent = Agent<any, any>

/** A conversation in two: what came before, and what the run is about. Both for the model; `tell` hears its events. */
export interface DirectPath {
  history: AgentInputItem[]
  turn: AgentInputItem[]
  tell(event: { type?: string }): void
  /** Told of the first request, before the thread is added to it. */
  keep?(request: ModelRequest): void
  /** The run goes on after a pause: what happens before its first request is told first, as before any later one. */
  isResumed?: boolean
  /** What the model answered to the first request, when it has been asked and heard already. */
  answer?: ModelAnswer
}

/**
 * The way past the runner, for what it would only carry: the thread before this turn goes straight to the model, and
 * the model's events straight to the bridge. The runner copies its whole input several times per model call, which at
 * 400 items costs more than everything else together, and passes each token through six hands.
 *
 * A request is this conversation's when it begins with the turn's first item: an agent that is another agent's tool
 * starts its own.
 */
export function directPath({ history, turn, tell, keep, isResumed, answer }: DirectPath): (model: Model) => Model {
  const marker = turn[0]?.id
  let calls = isResumed ? 1 : 0 // of the run: the runner asks for a model that has a name anew in each turn
  const isOurs = ({ input }: ModelRequest) =>
    marker !== undefined && typeof input !== 'string' && input[0]?.id === marker
  const complete = (request: ModelRequest): ModelRequest =>
    typeof request.input === 'string' ? request : { ...request, input: [...history, ...request.input] }

  async function* stream(model: Model, request: ModelRequest): AsyncGenerator<StreamEvent> {
    if (calls++ > 0) await untilRead()
    else if (answer) return yield answer
    else keep?.(request)
    for await (const events of batchesOf(model, complete(request)))
      for (const event of events)
        if (event.type === 'model') tell(event.event)
        else yield event
  }

  return (model) => ({
    getResponse: (request) => model.getResponse(isOurs(request) ? complete(request) : request),
    getStreamedResponse: (request) => (isOurs(request) ? stream(model, request) : model.getStreamedResponse(request)),
  })
}

/** What the runner said before this call (a tool's output, a handoff) is read within the tick: then comes the model. */
const untilRead = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * Whether everything must go through the runner: when an agent that may take part brings its own model, judges its
 * input with guardrails, or filters what it hands over.
 */
export function needsRunner(agent: AnyAgent, seen = new Set<AnyAgent>()): boolean {
  if (seen.has(agent)) return false
  seen.add(agent)
  if (typeof agent.model !== 'string' || agent.inputGuardrails.length > 0) return true
  return agent.handoffs.some((target) => {
    if (!isHandoff(target)) return needsRunner(target, seen)
    return target.inputFilter !== undefined || needsRunner(target.agent, seen)
  })
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export const isHandoff = (target: AnyAgent | Handoff<any, any>): target is Handoff<any, any> => 'toolName' in target
