import type { RunState, RunToolApprovalItem } from '@openai/agents-core'
import type { StructuredInput, StructuredInputItem, ThreadItem } from '@parley/protocol'
import { isObject } from '../base/json.js'
import type { RunContext } from '../runnable/runnable.js'
import { CustomStreamError } from '../runnable/stream-errors.js'
import type { AgentContext } from './agent-context.js'
import type { AgentsSdk } from './sdk.js'
import { describeArguments, type EditedCalls, parseArguments, readableName, type StepLabels } from './steps.js'
import type { AnyAgentRun } from './stream-agent-response.js'
import type { AnyAgent } from './thread-history.js'

/** What a run keeps while a person decides about its tool calls. */
export interface ApprovalCheckpoint {
  kind: 'tool_approval'
  /** The item the turn is about: everything before it is history. */
  turn_item_id: string | undefined
  /** The SDK's own state, without the caller's context. */
  state: string
}

const isApprovalCheckpoint = (kept: unknown): kept is ApprovalCheckpoint =>
  typeof kept === 'object' && kept !== null && 'kind' in kept && kept.kind === 'tool_approval'

/** The decision this run goes on with; `undefined`: it does not go on with one. */
export function takenDecision({
  run,
  trigger,
}: RunContext<unknown>): { checkpoint: ApprovalCheckpoint; form: StructuredInputItem } | undefined {
  return trigger.type === 'structured_input' && isApprovalCheckpoint(run.checkpoint)
    ? { checkpoint: run.checkpoint, form: trigger.item }
    : undefined
}

/** What a run keeps after each of its tools, to go on from there after a crash. */
export interface ToolCheckpoint extends Omit<ApprovalCheckpoint, 'kind'> {
  kind: 'tool_output'
  /** The ids of calls that waited for nothing but to go on. */
  held?: string[]
}

/** Where this run goes on that was cut off; `undefined`: it was not. */
export function takenProgress({ run, trigger }: RunContext<unknown>): ToolCheckpoint | undefined {
  const kept = run.checkpoint
  const isOurs = typeof kept === 'object' && kept !== null && 'kind' in kept && kept.kind === 'tool_output'
  return trigger.type === 'retry' && isOurs ? (kept as ToolCheckpoint) : undefined // kept by `agentApp`
}

/**
 * The SDK's state as text, between two steps of a run. The caller's context is left out: it belongs to this request. A
 * state that cannot be written down (`undefined`) costs a person nothing but doing the step again after a crash.
 */
export function stateOf(run: AnyAgentRun): string | undefined {
  const { context } = run.runContext
  run.runContext.context = {}
  try {
    return run.state.toString()
  } catch {
    return undefined
  } finally {
    run.runContext.context = context
  }
}

/** The thread as it was when the turn began. */
export function itemsOfTurn(
  items: ThreadItem[],
  { turn_item_id }: Pick<ApprovalCheckpoint, 'turn_item_id'>,
): ThreadItem[] {
  return items.slice(0, items.findIndex(({ id }) => id === turn_item_id) + 1)
}

/** Asks about the calls a run has stopped at, and keeps what it needs to go on. */
export function askAbout(
  run: AnyAgentRun,
  context: RunContext<unknown>,
  { turnItemId, steps }: { turnItemId: string | undefined; steps: StepLabels | undefined },
): StructuredInputItem {
  run.runContext.context = {} // it belongs to this request, and could not be written down
  const kept: ApprovalCheckpoint = {
    kind: 'tool_approval',
    turn_item_id: turnItemId,
    state: run.state.toString(),
  }
  context.keepCheckpoint(kept)
  const head = { id: context.generateId('task'), thread_id: context.thread.id, created_at: new Date().toISOString() }
  return approvalForm(head, run.interruptions, steps)
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own type of "a state of any agent"
export type AnyRunState = RunState<any, any>

/** The SDK's state as it was kept, with the person's decisions in it if there was a question, and calls that only waited let through. @throws {CustomStreamError} when the agent is not what it was */
export async function decidedState(
  sdk: AgentsSdk,
  agent: AnyAgent,
  { state: kept, form, held = [] }: { state: string; form?: StructuredInputItem | undefined; held?: readonly string[] },
  agentContext: AgentContext<unknown>,
): Promise<AnyRunState> {
  try {
    const context = new sdk.RunContext(agentContext)
    const text = form ? withEdits(kept, form) : kept
    const state: AnyRunState = await sdk.RunState.fromStringWithContext(agent, text, context, {
      contextStrategy: 'replace',
    })
    if (form) decide(state, form)
    for (const call of state.getInterruptions()) if (held.includes(idOf(call) ?? '')) state.approve(call)
    return state
  } catch (cause) {
    const changed =
      'This app was changed while it waited for you, or a tool it needs cannot be reached, so it cannot go on from here. Ask once more.'
    throw new CustomStreamError(changed, false, { cause })
  }
}

export const APPROVE = 'Approve'
export const REJECT = 'Reject'

/** One question for each call that needs a person's consent. Words of one's own are a refusal, and the model reads them. */
export function approvalForm(
  head: Pick<StructuredInputItem, 'id' | 'thread_id' | 'created_at'>,
  calls: RunToolApprovalItem[],
  labels: StepLabels = {},
): StructuredInputItem {
  const inputs = calls.map((call, index): StructuredInput => {
    const { name, text } = callOf(call)
    const args = parseArguments(text)
    const given = describeArguments(args)
    const title = labels[name]?.title ?? readableName(name)
    return {
      type: 'multiple_choice',
      id: inputId(call, index),
      question: given ? `Allow “${title}” with ${given}?` : `Allow “${title}”?`,
      options: [{ value: APPROVE }, { value: REJECT }],
      multiple: false,
      ...(isObject(args) && { tool_call: { name, arguments: args } }),
    }
  })
  return { type: 'structured_input', ...head, status: 'pending', inputs }
}

/** The calls a person has allowed with other arguments. */
export const editedCalls = (form: StructuredInputItem | undefined): EditedCalls =>
  new Map(form?.inputs.flatMap(({ id, answer }) => (answer?.arguments ? [[id, answer.arguments]] : [])))

/** The SDK's state with the arguments a person has changed, wherever a call stands in it: the model reads what was called. */
function withEdits(kept: string, form: StructuredInputItem): string {
  const edits = editedCalls(form)
  if (edits.size === 0) return kept
  return JSON.stringify(
    JSON.parse(kept, (_, value: unknown) => {
      if (!isObject(value) || typeof value.callId !== 'string' || typeof value.arguments !== 'string') return value
      const edit = edits.get(value.callId)
      return edit ? { ...value, arguments: JSON.stringify(edit) } : value
    }),
  )
}

/** What the SDK's state can do about a call that waits. */
interface Decidable {
  getInterruptions(): RunToolApprovalItem[]
  approve(call: RunToolApprovalItem): void
  reject(call: RunToolApprovalItem, options?: { message?: string }): void
}

/** Carries the person's decisions over. Whatever is not clearly a yes is a no. */
function decide(state: Decidable, form: StructuredInputItem): void {
  state.getInterruptions().forEach((call, index) => {
    const answer = form.inputs.find(({ id }) => id === inputId(call, index))?.answer
    const said = form.status === 'answered' && !answer?.skipped ? answer?.values[0] : undefined
    if (said === APPROVE) state.approve(call)
    else if (said === undefined || said === REJECT) state.reject(call)
    else state.reject(call, { message: `The person did not allow this call and said: ${said}` })
  })
}

/** Calls of hosted tools have another shape than those of functions. */
function callOf({ rawItem, name, arguments: text }: RunToolApprovalItem): { name: string; text: string } {
  const raw = rawItem as { name?: string; arguments?: string } // every kind that can wait has a name, some have arguments
  return { name: name ?? raw.name ?? 'tool', text: text ?? raw.arguments ?? '{}' }
}

const inputId = (call: RunToolApprovalItem, index: number): string => idOf(call) ?? `call_${index}`

export function idOf({ rawItem }: RunToolApprovalItem): string | undefined {
  const { callId, id } = rawItem as { callId?: string; id?: string }
  return callId ?? id
}
