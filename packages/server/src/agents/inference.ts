import { type InferenceOptions, ParleyError, type ThreadItem, type UserMessageInput } from '@parley/protocol'
import type { RunTrigger } from '../runnable/runnable.js'
import type { AnyAgent } from './thread-history.js'

/** What people may choose for a message: the ids the page offers in its composer → the names they have here. */
export interface Choices {
  /** Names at the model host. Absent: whatever a message asks for, the agent's own model answers. */
  models?: Record<string, string>
  /** Names of the agent's tools. Absent: a tool is chosen by its own name, and another name changes nothing. */
  tools?: Record<string, string>
}

/** Refuses what is not offered. @throws {ParleyError} `invalid_request`, naming the field and what may be chosen. */
export function checkChoices({ models, tools }: Choices, { inference_options }: UserMessageInput): void {
  const { model, tool_choice } = inference_options
  if (models) assertOffered('model', model, models)
  if (tools) assertOffered('tool_choice.id', tool_choice?.id, tools)
}

function assertOffered(field: string, chosen: string | undefined, offered: Record<string, string>): void {
  if (chosen === undefined || Object.hasOwn(offered, chosen)) return
  const path = `params.input.inference_options.${field}`
  throw new ParleyError(
    'invalid_request',
    `${path}: "${chosen}" is not offered here. Choose one of: ${Object.keys(offered).join(', ')}.`,
    { details: { path } },
  )
}

export interface Inference {
  /** For every agent of the run that brings no model of its own, and for the first in any case. */
  model?: string
  /** Called first, whatever the model would do. */
  tool?: string
  /** Tools that were offered and not chosen. */
  without?: ReadonlySet<string>
}

/** What was chosen for this run: the tool for the message itself, the rest until the next message. */
export function chosenFor({ models, tools }: Choices, trigger: RunTrigger, items: readonly ThreadItem[]): Inference {
  const asked = items.findLast((item) => item.type === 'user_message')
  const options: InferenceOptions = asked?.type === 'user_message' ? asked.inference_options : {}
  const model = pick(models, options.model)
  const isMessage = trigger.type === 'user_message' || trigger.type === 'retry'
  const id = isMessage ? options.tool_choice?.id : undefined
  const tool = tools ? pick(tools, id) : id
  const chosen = options.tools
  const left = Object.entries(tools ?? {}).flatMap(([key, name]) => (chosen?.includes(key) === false ? name : []))
  return {
    ...(model !== undefined && { model }),
    ...(tool !== undefined && { tool }),
    ...(left.length > 0 && { without: new Set(left) }),
  }
}

/** `undefined` for what is no longer offered: an old message can be tried again all the same. */
const pick = (offered: Record<string, string> | undefined, id: string | undefined) =>
  offered && id !== undefined && Object.hasOwn(offered, id) ? offered[id] : undefined

/** The agent as it answers this one run. The SDK forgets the forced tool once a tool was called. */
export function withInference(agent: AnyAgent, { model, tool, without }: Inference): AnyAgent {
  const hasTool = tool !== undefined && agent.tools.some(({ name }: { name: string }) => name === tool)
  const hasOwnModel = model !== undefined && agent.model !== ''
  if (!hasOwnModel && !hasTool && !without) return agent
  return agent.clone({
    ...(hasOwnModel && { model: '' }),
    ...(without && { tools: agent.tools.filter(({ name }: { name: string }) => !without.has(name)) }),
    ...(hasTool && { modelSettings: { ...agent.modelSettings, toolChoice: tool } }),
  })
}
